#include "sweep_grid.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

base::Result<std::vector<std::string>> valuesOf(const std::string& name, const QJsonValue& value)
{
    const auto refused = [&] {
        return base::badInput(
            name,
            QJsonDocument(QJsonObject{{QStringLiteral("it"), value}}).toJson(QJsonDocument::Compact).toStdString(),
            R"(a list, as [0.1, 0.2], or {"from": 0.1, "to": 0.3, "step": 0.05})");
    };
    std::vector<std::string> values;
    if (value.isArray()) {
        const QJsonArray list = value.toArray();
        for (const QJsonValue& each : list) {
            if (each.isDouble())
                values.push_back(fmt::format("{:.12g}", each.toDouble()));
            else if (each.isString())
                values.push_back(each.toString().toStdString());
            else
                return refused();
        }
        return values;
    }
    const QJsonObject range = value.toObject();
    for (const char* const end : {"from", "to", "step"}) {
        if (!range.value(QLatin1String(end)).isDouble())
            return refused();
    }
    if (range.size() != 3)
        return refused();
    auto all =
        backtest::valuesFrom(range.value(QLatin1String("from")).toDouble(), range.value(QLatin1String("to")).toDouble(),
                             range.value(QLatin1String("step")).toDouble());
    if (!all)
        return base::badInput(name + "." + all.error().field, all.error().value, all.error().allowed);
    return all;
}

} // namespace

base::Result<std::vector<backtest::SweepAxis>> readGrid(const std::string& file)
{
    QFile in(QString::fromStdString(file));
    if (!in.open(QIODevice::ReadOnly))
        return base::fail(base::ErrorKind::NotFound, "--grid", file, in.errorString().toStdString());
    QJsonParseError wrong;
    const QJsonDocument document = QJsonDocument::fromJson(in.readAll(), &wrong);
    if (!document.isObject())
        return base::badInput(
            "--grid", file,
            wrong.error == QJsonParseError::NoError
                ? "a JSON object of parameters"
                : fmt::format("a JSON object: {} at byte {}", wrong.errorString().toStdString(), wrong.offset));
    std::vector<backtest::SweepAxis> axes;
    const QJsonObject grid = document.object();
    for (auto each = grid.begin(); each != grid.end(); ++each) {
        auto values = valuesOf(each.key().toStdString(), each.value());
        if (!values)
            return tl::make_unexpected(values.error());
        axes.push_back({each.key().toStdString(), std::move(*values)});
    }
    return axes;
}

} // namespace vegadesk::cli
