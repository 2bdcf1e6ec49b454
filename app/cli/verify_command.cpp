#include "command.h"
#include "json.h"

#include "learning/verification/neural_verification.h"
#include "pricing/verification/verify.h"
#include "risk/verification/verification.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>

namespace vegadesk::cli
{

namespace
{

namespace verification = pricing::verification;
using namespace Qt::StringLiterals;

constexpr std::size_t linesShown = 10; // of rows that were malformed or declined

QJsonObject toJson(const verification::Report& report)
{
    QJsonArray columns, notComputed, malformed, declined;
    for (const verification::ColumnReport& each : report.columns)
        columns.append(QJsonObject{{u"column"_s, text(each.name)},
                                   {u"rows"_s, static_cast<qint64>(each.rows)},
                                   {u"failures"_s, static_cast<qint64>(each.failures)},
                                   {u"skipped"_s, static_cast<qint64>(each.skipped)},
                                   {u"worst"_s, number(each.worst)},
                                   {u"median"_s, number(each.median)},
                                   {u"worst_row"_s, text(each.worstRow)},
                                   {u"expected"_s, number(each.expected)},
                                   {u"found"_s, number(each.found)},
                                   {u"allowed_error"_s, number(each.allowed)}});
    for (const std::string& each : report.notComputed)
        notComputed.append(text(each));
    for (const base::Error& each : report.malformed)
        malformed.append(text(each.message()));
    for (const verification::DeclinedRow& each : report.declined)
        declined.append(QJsonObject{{u"row"_s, text(each.id)}, {u"reason"_s, text(each.reason)}});
    return {{u"kind"_s, text(report.kind)},
            {u"engine"_s, text(report.engine)},
            {u"rows"_s, static_cast<qint64>(report.rows)},
            {u"passes"_s, report.passes()},
            {u"columns"_s, columns},
            {u"not_computed"_s, notComputed},
            {u"malformed"_s, malformed},
            {u"declined"_s, declined}};
}

std::string toText(const verification::Report& report)
{
    std::string out = fmt::format("{}: {} rows, engine {}\nScores are error over allowed error: up to 1 passes.\n\n",
                                  report.kind, report.rows, report.engine);
    out += fmt::format("{:<11}{:>6}{:>7}{:>11}{:>11}  {:<10}{:>25}{:>25}\n", "column", "rows", "failed", "worst",
                       "median", "worst row", "expected", "found");
    for (const verification::ColumnReport& each : report.columns)
        out += fmt::format("{:<11}{:>6}{:>7}{:>11.3g}{:>11.3g}  {:<10}{:>25.17g}{:>25.17g}\n", each.name, each.rows,
                           each.failures, each.worst, each.median, each.worstRow, each.expected, each.found);
    std::vector<std::string> skipped;
    for (const verification::ColumnReport& each : report.columns) {
        if (each.skipped > 0)
            skipped.push_back(fmt::format("{} {}", each.name, each.skipped));
    }
    if (!skipped.empty())
        out += fmt::format("\nNot scored, as the file does not know them or they cannot be right: {}\n",
                           fmt::join(skipped, ", "));
    if (!report.notComputed.empty())
        out += fmt::format("\nNot computed by this engine: {}\n", fmt::join(report.notComputed, ", "));
    const auto list = [&](std::string_view title, std::size_t count, auto line) {
        if (count > 0)
            out += fmt::format("\n{}: {}\n", title, count);
        for (std::size_t i = 0; i < std::min(count, linesShown); ++i)
            out += fmt::format("  {}\n", line(i));
    };
    list("Malformed rows", report.malformed.size(), [&](std::size_t i) { return report.malformed[i].message(); });
    list("Rows that the engine declined", report.declined.size(),
         [&](std::size_t i) { return fmt::format("{}: {}", report.declined[i].id, report.declined[i].reason); });
    out += report.passes() ? "\nPasses\n" : "\nFails\n";
    return out;
}

constexpr auto neural = "neural"; ///< scored by the networks' own bounds, and not by the kinds'

QJsonObject toJson(const learning::NeuralReport& report)
{
    QJsonArray scored, outside, malformed;
    for (const learning::NeuralScore& each : report.scored)
        scored.append(QJsonObject{{u"row"_s, text(each.id)},
                                  {u"network"_s, text(each.network)},
                                  {u"expected"_s, number(each.expected)},
                                  {u"found"_s, number(each.found)},
                                  {u"bound"_s, number(each.bound)},
                                  {u"score"_s, number(each.score)}});
    for (const learning::NeuralRefusal& each : report.outside)
        outside.append(QJsonObject{{u"row"_s, text(each.id)}, {u"reason"_s, text(each.reason)}});
    for (const base::Error& each : report.malformed)
        malformed.append(text(each.message()));
    return {{u"kind"_s, text(report.kind)},
            {u"engine"_s, neural},
            {u"rows"_s, static_cast<qint64>(report.rows)},
            {u"passes"_s, report.passes()},
            {u"broken"_s, static_cast<qint64>(report.brokenCount())},
            {u"scored"_s, scored},
            {u"outside"_s, outside},
            {u"malformed"_s, malformed}};
}

std::string toText(const learning::NeuralReport& report)
{
    std::string out = fmt::format("{}: {} rows, engine neural: {} within the networks' boxes, {} outside\n",
                                  report.kind, report.rows, report.scored.size(), report.outside.size());
    if (!report.scored.empty()) {
        const auto worst = std::ranges::max_element(report.scored, {}, &learning::NeuralScore::score);
        out += fmt::format("Scores are error over the bound that came with the network: up to 1 passes.\n\n"
                           "worst {:.3g} (row {}, {}: expected {:.10g}, found {:.10g}, bound {:.3g}), root mean square "
                           "{:.3g}, {} broken\n",
                           worst->score, worst->id, worst->network, worst->expected, worst->found, worst->bound,
                           report.rootMeanSquare(), report.brokenCount());
    }
    for (const learning::NeuralScore& each : report.scored) {
        if (each.isBroken())
            out += fmt::format("  {}: expected {:.10g}, found {:.10g}, bound {:.3g}\n", each.id, each.expected,
                               each.found, each.bound);
    }
    if (!report.outside.empty())
        out += fmt::format("\nOutside: {}\n", report.outside.size());
    for (std::size_t i = 0; i < std::min(report.outside.size(), linesShown); ++i)
        out += fmt::format("  {}: {}\n", report.outside[i].id, report.outside[i].reason);
    if (report.outside.size() > linesShown)
        out += fmt::format("  and {} more; --json has all\n", report.outside.size() - linesShown);
    for (const base::Error& each : report.malformed)
        out += fmt::format("  {}\n", each.message());
    return out + (report.passes() ? "\nPasses\n" : "\nFails\n");
}

/// The pricing models' kinds and those of risk figures.
const std::vector<verification::Kind>& allKinds()
{
    static const std::vector<verification::Kind> all = [] {
        const auto ofPricing = verification::kinds();
        std::vector<verification::Kind> both(ofPricing.begin(), ofPricing.end());
        both.push_back(risk::verification::kind());
        return both;
    }();
    return all;
}

std::vector<verification::Engine> allEngines()
{
    const auto ofPricing = verification::engines();
    std::vector<verification::Engine> both(ofPricing.begin(), ofPricing.end());
    both.push_back(risk::verification::engine());
    return both;
}

class VerifyCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        std::vector<std::string_view> names;
        for (const verification::Kind& kind : allKinds())
            names.push_back(kind.name);
        app.add_option("file", m_path, fmt::format("CSV of exact values of one kind: {}", fmt::join(names, ", ")))
            ->required();
        app.add_option("--engine", m_engine,
                       fmt::format("{} or {}", fmt::join(verification::engineNames(), ", "), neural))
            ->capture_default_str();
        app.add_flag("--json", m_asJson, "The report as JSON");
        app.footer(
            "Recomputes every row and ends with status 0 only when all pass.\n"
            "The kind is the longest of those names that stands in the file's name: my_american.csv is american,\n"
            "new-heston2.csv is heston. A name that holds none is told by its columns.\n"
            "Engine neural scores the prices of rows that the networks were trained for, by the networks' own bounds.\n"
            "Example: vegadesk-cli verify black_scholes.csv --json");
    }

    int run(int, char**) override
    {
        std::ifstream file(m_path);
        std::string header;
        std::getline(file, header);
        if (std::filesystem::is_directory(m_path) || !file)
            return complain("file", m_path, "an existing file that may be read, with a line of column names");
        const auto kind =
            verification::kindOfFile(m_path, header.substr(0, header.find_last_not_of(" \r") + 1), allKinds());
        if (!kind)
            return complain(kind.error());
        file.clear();
        file.seekg(0);
        if (m_engine == neural) {
            learning::NeuralPrices networks;
            return print(learning::verifyByNetworks(file, **kind, networks));
        }
        const auto engine = verification::findEngine(m_engine, (*kind)->name, allEngines());
        if (!engine)
            return complain(engine.error());
        return print(verification::verify(file, **kind, *engine));
    }

private:
    template<class Report>
    int print(const base::Result<Report>& report) const
    {
        if (!report)
            return complain(report.error());
        if (m_asJson)
            fmt::print("{}", QJsonDocument(toJson(*report)).toJson(QJsonDocument::Indented).toStdString());
        else
            fmt::print("{}", toText(*report));
        return report->passes() ? succeeded : failed;
    }

    std::string m_path, m_engine = "fast";
    bool m_asJson = false;
};

} // namespace

std::unique_ptr<Command> verifyCommand()
{
    return std::make_unique<VerifyCommand>();
}

} // namespace vegadesk::cli
