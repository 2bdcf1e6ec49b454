#include "bench/measure.h"
#include "command.h"
#include "json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <fmt/format.h>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

namespace vegadesk::cli
{

namespace
{

using namespace Qt::StringLiterals;
using bench::Row;
using bench::Times;

base::Result<std::vector<Row>> allRows(const bench::Options& options)
{
    auto calibrations = bench::calibrationRows(options);
    if (!calibrations)
        return calibrations;
    std::vector<Row> all;
    for (std::vector<Row> each :
         {bench::europeanRows(), bench::chainRows(), bench::americanRows(), bench::jumpRows(), bench::hestonRows(),
          bench::surfaceRows(), bench::feedRows(), bench::riskRows(), bench::neuralRows(), std::move(*calibrations)})
        std::ranges::move(each, std::back_inserter(all));
    return all;
}

std::string shown(std::optional<double> nanos)
{
    if (!nanos)
        return "-";
    if (*nanos < 1e3)
        return fmt::format("{:.1f} ns", *nanos);
    if (*nanos < 1e6)
        return fmt::format("{:.2f} us", *nanos * 1e-3);
    return fmt::format("{:.2f} ms", *nanos * 1e-6);
}

std::optional<double> ratio(const Times& times, std::size_t reference)
{
    if (!times.ours || !times.references[reference])
        return {};
    return *times.references[reference] / *times.ours;
}

std::string toText(const Row& row, const Times& times, double accuracy)
{
    std::string out = fmt::format("\n{}\n", row.kernel);
    if (row.ours)
        out += fmt::format("  {:<52}{:>12}\n", row.ours->name, shown(times.ours));
    for (std::size_t k = 0; k < row.references.size(); ++k) {
        const auto slower = ratio(times, k);
        out += fmt::format("  {:<52}{:>12}{}\n", row.references[k].name, shown(times.references[k]),
                           slower ? fmt::format("{:>10.1f} x", *slower) : "");
    }
    if (!row.countedAs.empty() && times.ours)
        out += fmt::format("  {:.2f} million {} a second on one core\n", 1e3 / *times.ours, row.countedAs);
    if (row.accuracy)
        out += fmt::format("  {}: {:.4g}\n", row.accuracyOf, accuracy);
    return out;
}

QJsonValue numberOrNull(std::optional<double> value)
{
    return number(value.value_or(std::numeric_limits<double>::quiet_NaN()));
}

QJsonObject toJson(const std::vector<Row>& rows, const std::vector<Times>& times, const std::vector<double>& accuracies)
{
    QJsonArray kernels;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        QJsonArray references;
        for (std::size_t k = 0; k < rows[i].references.size(); ++k)
            references.append(QJsonObject{{u"name"_s, text(rows[i].references[k].name)},
                                          {u"nanoseconds"_s, numberOrNull(times[i].references[k])},
                                          {u"ratio"_s, numberOrNull(ratio(times[i], k))}});
        QJsonObject kernel{{u"kernel"_s, text(rows[i].kernel)},
                           {u"nanoseconds"_s, numberOrNull(times[i].ours)},
                           {u"references"_s, references}};
        if (rows[i].accuracy) {
            kernel.insert(u"accuracy"_s, number(accuracies[i]));
            kernel.insert(u"accuracy_of"_s, text(rows[i].accuracyOf));
        }
        kernels.append(kernel);
    }
    return {{u"kernels"_s, kernels}};
}

class BenchCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("--dax", m_options.daxFile,
                       "A table of implied volatilities to calibrate Heston on, as calibrate's --help describes it");
        app.add_option("--only", m_only, "Kernels whose name holds this, \"American chain\"");
        app.add_flag("--quick", m_isQuick, "One short repetition of each: proves that they run");
        app.add_flag("--json", m_asJson, "The table as JSON");
        app.footer("Measure on a machine that does nothing else, on one core: taskset -c 0 vegadesk-cli bench\n"
                   "Example: vegadesk-cli bench --json");
    }

    int run(int, char**) override
    {
        auto rows = allRows(m_options);
        if (!rows)
            return complain(rows.error());
        std::erase_if(*rows, [&](const Row& row) { return row.kernel.find(m_only) == std::string::npos; });
        if (rows->empty())
            return complain("--only", m_only, "a part of a kernel's name, as bench prints them");
        if (!m_asJson)
            fmt::print("Time of one option, chain, fit, quote or book on one core; how many times slower the reference "
                       "is.\n");
        std::vector<Times> times;
        std::vector<double> accuracies;
        for (const Row& row : *rows) {
            times.push_back(bench::measure(row, m_isQuick ? bench::Effort::Quick : bench::Effort::Full));
            accuracies.push_back(row.accuracy ? row.accuracy() : 0);
            if (m_asJson)
                continue;
            fmt::print("{}", toText(row, times.back(), accuracies.back()));
            std::fflush(stdout); // all of them take many minutes
        }
        if (m_asJson)
            fmt::print("{}",
                       QJsonDocument(toJson(*rows, times, accuracies)).toJson(QJsonDocument::Indented).toStdString());
        return succeeded;
    }

private:
    bench::Options m_options;
    std::string m_only;
    bool m_isQuick = false;
    bool m_asJson = false;
};

} // namespace

std::unique_ptr<Command> benchCommand()
{
    return std::make_unique<BenchCommand>();
}

} // namespace vegadesk::cli
