#include "desk/attribution_file.h"

#include "market/symbols.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <cmath>

namespace vegadesk::desk
{

namespace
{

using base::Decimal;
using base::Instant;
using base::Quantity;
using portfolio::AttributedPosition;
using portfolio::MarkedPosition;
using portfolio::ProfitParts;

constexpr int version = 1;

QJsonValue jsonOf(const std::string& text)
{
    return QString::fromStdString(text);
}
QJsonValue jsonOf(Decimal value)
{
    return QString::fromStdString(value.toString());
}
QJsonValue jsonOf(Quantity value)
{
    return QString::fromStdString(value.toString());
}
QJsonValue jsonOf(Instant at)
{
    return QString::number(at.time_since_epoch().count());
}
/// What is not known is left out: JSON has no NaN.
QJsonValue jsonOf(double value)
{
    return std::isfinite(value) ? QJsonValue(value) : QJsonValue(QJsonValue::Null);
}

/// Reads fields; the first one that is not what it should be is what is wrong with the file.
class Reader
{
public:
    Reader(const QJsonObject& object, QString& wrong) : m_object(object), m_wrong(wrong) {}

    std::string text(const char* field)
    {
        const QJsonValue value = m_object.value(QLatin1String(field));
        note(value.isString(), field);
        return value.toString().toStdString();
    }
    double number(const char* field)
    {
        const QJsonValue value = m_object.value(QLatin1String(field));
        note(value.isDouble() || value.isNull(), field);
        return value.isDouble() ? value.toDouble() : market::unknown;
    }
    bool flag(const char* field)
    {
        const QJsonValue value = m_object.value(QLatin1String(field));
        note(value.isBool(), field);
        return value.toBool();
    }
    int integer(const char* field) { return m_object.value(QLatin1String(field)).toInt(); }
    Decimal decimal(const char* field)
    {
        const auto value = Decimal::parse(text(field));
        note(value.has_value(), field);
        return value.value_or(Decimal{});
    }
    Quantity quantity(const char* field)
    {
        const auto value = Quantity::parse(text(field));
        note(value.has_value(), field);
        return value.value_or(Quantity{});
    }
    Instant instant(const char* field)
    {
        bool isNumber = false;
        const qint64 nanos = QString::fromStdString(text(field)).toLongLong(&isNumber);
        note(isNumber, field);
        return Instant(base::Nanos(nanos));
    }
    ProfitParts parts(const char* field)
    {
        ProfitParts out;
        const QJsonArray array = m_object.value(QLatin1String(field)).toArray();
        note(array.size() == static_cast<qsizetype>(out.parts.size()), field);
        for (qsizetype i = 0; i < array.size() && i < static_cast<qsizetype>(out.parts.size()); ++i) {
            const auto value = Decimal::parse(array[i].toString().toStdString());
            note(value.has_value(), field);
            out.parts[static_cast<std::size_t>(i)] = value.value_or(Decimal{});
        }
        return out;
    }
    QJsonObject object(const char* field) const { return m_object.value(QLatin1String(field)).toObject(); }
    bool has(const char* field) const { return m_object.contains(QLatin1String(field)); }
    void note(bool isRight, const char* field)
    {
        if (!isRight && m_wrong.isEmpty())
            m_wrong = QLatin1String(field);
    }

private:
    const QJsonObject m_object;
    QString& m_wrong;
};

QJsonArray jsonOf(const ProfitParts& parts)
{
    QJsonArray array;
    for (const Decimal part : parts.parts)
        array.append(jsonOf(part));
    return array;
}

QJsonObject jsonOf(const MarkedPosition& marked)
{
    return {{QStringLiteral("quantity"), jsonOf(marked.quantity)},
            {QStringLiteral("american"), marked.style == market::ExerciseStyle::American},
            {QStringLiteral("mark"), jsonOf(marked.mark)},
            {QStringLiteral("spot"), jsonOf(marked.spot)},
            {QStringLiteral("rate"), jsonOf(marked.rate)},
            {QStringLiteral("dividend-yield"), jsonOf(marked.dividendYield)},
            {QStringLiteral("years"), jsonOf(marked.years)},
            {QStringLiteral("volatility"), jsonOf(marked.volatility)}};
}

QJsonObject jsonOf(const AttributedPosition& position)
{
    QJsonObject object{{QStringLiteral("symbol"), jsonOf(position.symbol)},
                       {QStringLiteral("group"), jsonOf(position.group)},
                       {QStringLiteral("underlying"), jsonOf(position.underlying)},
                       {QStringLiteral("multiplier"), position.multiplier},
                       {QStringLiteral("held"), jsonOf(position.held)},
                       {QStringLiteral("own-volatility"), jsonOf(position.lastOwnVolatility)},
                       {QStringLiteral("traded"), jsonOf(position.traded)},
                       {QStringLiteral("settled"), jsonOf(position.settled)},
                       {QStringLiteral("trade-cash"), jsonOf(position.tradeCash)},
                       {QStringLiteral("settlement-cash"), jsonOf(position.settlementCash)},
                       {QStringLiteral("jumped"), jsonOf(position.jumped)},
                       {QStringLiteral("jumped-at"), jsonOf(position.jumpedAt)},
                       {QStringLiteral("since"), jsonOf(position.since)},
                       {QStringLiteral("no-start"), position.hasNoStart},
                       {QStringLiteral("waits-for"), static_cast<int>(position.waitsFor)},
                       {QStringLiteral("since-entry"), jsonOf(position.sinceEntry)},
                       {QStringLiteral("today"), jsonOf(position.today)}};
    if (position.last)
        object.insert(QStringLiteral("last"), jsonOf(*position.last));
    return object;
}

AttributedPosition positionOf(Reader in, QString& wrong)
{
    AttributedPosition position;
    position.symbol = in.text("symbol");
    position.group = in.text("group");
    position.underlying = in.text("underlying");
    position.multiplier = in.integer("multiplier");
    in.note(position.multiplier > 0, "multiplier");
    position.held = in.quantity("held");
    position.lastOwnVolatility = in.number("own-volatility");
    position.traded = in.quantity("traded");
    position.settled = in.quantity("settled");
    position.tradeCash = in.decimal("trade-cash");
    position.settlementCash = in.decimal("settlement-cash");
    position.jumped = in.quantity("jumped");
    position.jumpedAt = in.instant("jumped-at");
    position.since = in.instant("since");
    position.hasNoStart = in.flag("no-start");
    const int waitsFor = in.integer("waits-for");
    in.note(waitsFor >= 0 && waitsFor <= static_cast<int>(portfolio::AttributionGap::QuantityJump), "waits-for");
    position.waitsFor = static_cast<portfolio::AttributionGap>(waitsFor);
    position.sinceEntry = in.parts("since-entry");
    position.today = in.parts("today");
    if (!in.has("last"))
        return position;
    Reader last(in.object("last"), wrong);
    MarkedPosition marked;
    marked.symbol = position.symbol;
    marked.group = position.group;
    marked.underlying = position.underlying;
    marked.multiplier = position.multiplier;
    if (const auto terms = market::parseOccSymbol(position.symbol))
        marked.option = *terms;
    marked.quantity = last.quantity("quantity");
    marked.style = last.flag("american") ? market::ExerciseStyle::American : market::ExerciseStyle::European;
    marked.mark = last.number("mark");
    marked.spot = last.number("spot");
    marked.rate = last.number("rate");
    marked.dividendYield = last.number("dividend-yield");
    marked.years = last.number("years");
    marked.volatility = last.number("volatility");
    position.last = marked;
    return position;
}

auto failure(const QString& file, const QString& why)
{
    return base::fail(base::ErrorKind::Storage,
                      QCoreApplication::translate("AttributionFile", "Where the profit came from").toStdString(),
                      file.toStdString(), why.toStdString());
}

} // namespace

base::Result<std::optional<portfolio::AttributionState>> readAttribution(const QString& file)
{
    QFile in(file);
    if (!in.exists())
        return std::nullopt;
    if (!in.open(QIODevice::ReadOnly))
        return failure(file, in.errorString());
    QJsonParseError problem;
    const QJsonObject object = QJsonDocument::fromJson(in.readAll(), &problem).object();
    if (problem.error != QJsonParseError::NoError)
        return failure(file, problem.errorString());
    QString wrong;
    Reader reader(object, wrong);
    reader.note(reader.integer("version") == version, "version");
    portfolio::AttributionState state;
    state.from = reader.instant("from");
    state.dayFrom = reader.instant("day-from");
    state.at = reader.instant("at");
    for (const QJsonValue& value : object.value(QStringLiteral("positions")).toArray())
        state.positions.push_back(positionOf(Reader(value.toObject(), wrong), wrong));
    if (!wrong.isEmpty())
        return failure(file,
                       QCoreApplication::translate("AttributionFile", "\"%1\" is not what it should be").arg(wrong));
    return state;
}

base::Result<void> writeAttribution(const QString& file, const portfolio::AttributionState& state)
{
    QJsonArray positions;
    for (const AttributedPosition& position : state.positions)
        positions.append(jsonOf(position));
    const QJsonObject object{{QStringLiteral("version"), version},
                             {QStringLiteral("from"), jsonOf(state.from)},
                             {QStringLiteral("day-from"), jsonOf(state.dayFrom)},
                             {QStringLiteral("at"), jsonOf(state.at)},
                             {QStringLiteral("positions"), positions}};
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || !out.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        out.write(QJsonDocument(object).toJson(QJsonDocument::Compact)) < 0 || !out.commit())
        return failure(file, out.errorString());
    return {};
}

} // namespace vegadesk::desk
