#include "command.h"
#include "json.h"
#include "option_checks.h"

#include "history/import/chain_import.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vegadesk::cli
{

namespace
{

using namespace Qt::StringLiterals;
using history::ImportReport;

std::string layoutList()
{
    std::string out = "Layouts, by their columns unless one is named:\n";
    for (const history::ColumnMap& each : history::columnMapPresets())
        out += fmt::format("  {:<20} {}\n", each.name, each.about);
    return out;
}

QJsonValue count(std::uint64_t value)
{
    return QJsonValue(static_cast<qint64>(value));
}

QJsonArray toJson(const std::vector<history::CountedLines>& lines)
{
    QJsonArray out;
    for (const history::CountedLines& each : lines)
        out.append(QJsonObject{
            {u"reason"_s, text(each.reason)}, {u"lines"_s, count(each.count)}, {u"example"_s, text(each.example)}});
    return out;
}

QJsonObject toJson(const ImportReport& report, double seconds)
{
    QJsonArray files, underlyings;
    for (const history::ImportedFile& each : report.files)
        files.append(QJsonObject{{u"path"_s, text(each.path)},
                                 {u"layout"_s, text(each.layout)},
                                 {u"passed_over"_s, text(each.note)},
                                 {u"lines"_s, count(each.lines)},
                                 {u"quotes"_s, count(each.quotes)},
                                 {u"bad_lines"_s, count(each.badLines)},
                                 {u"quarantine"_s, text(each.quarantine)}});
    for (const std::string& each : report.underlyings)
        underlyings.append(text(each));
    return {{u"files"_s, files},
            {u"underlyings"_s, underlyings},
            {u"bytes"_s, count(report.bytes)},
            {u"lines"_s, count(report.lines)},
            {u"quotes"_s, count(report.quotes)},
            {u"bad_lines"_s, count(report.badLines)},
            {u"bad_line_reasons"_s, toJson(report.reasons)},
            {u"remarks"_s, toJson(report.remarks)},
            {u"seconds"_s, seconds}};
}

std::string toText(const ImportReport& report, const std::string& store, double seconds)
{
    std::string out = fmt::format("{} quotes of {} from {} lines into {} in {:.2f} s\n", report.quotes,
                                  fmt::join(report.underlyings, ", "), report.lines, store, seconds);
    for (const history::ImportedFile& each : report.files) {
        const std::string name = std::filesystem::path(each.path).filename().string();
        if (each.layout.empty())
            out += fmt::format("  {}: passed over, {}\n", name, each.note);
        else
            out += fmt::format("  {}: {}, {} quotes\n", name, each.layout, each.quotes);
        if (!each.quarantine.empty())
            out += fmt::format("    {} lines set aside in {}\n", each.badLines, each.quarantine);
    }
    for (const auto* const lines : {&report.reasons, &report.remarks}) {
        for (const history::CountedLines& each : *lines)
            out += fmt::format("  {} lines: {}, first {}\n", each.count, each.reason, each.example);
    }
    return out;
}

class ImportCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("path", m_path, "A table of option quotes (.csv or .txt, either with .gz), or a folder of them")
            ->required();
        app.add_option("--to", m_store, "Folder that the chain files go to; what it holds stays")
            ->required()
            ->check(notEmpty());
        auto* const layout = app.add_option("--layout", m_layout, "The tables' layout by name");
        app.add_option("--map", m_map, "The tables' layout as a JSON file, see docs/backtesting.md")->excludes(layout);
        app.add_option("--underlying", m_underlying, "Symbol, of tables that do not say it [the file's name up to _]");
        app.add_flag("--json", m_asJson, "What was read, as JSON");
        app.footer(
            layoutList() +
            "Lines that cannot be read are written to TO/quarantine with their reason; the others are imported.\n"
            "Example: vegadesk-cli import ../shared/data/us_equity_options_lean --to chains\n"
            "         vegadesk-cli backtest --strategy iron_condor --data chains --underlying AAPL");
    }

    int run(int, char**) override
    {
        history::ImportOptions options;
        options.underlying = m_underlying;
        options.quarantineFolder = (std::filesystem::path(m_store) / "quarantine").string();
        if (!m_layout.empty() || !m_map.empty()) {
            auto map = m_map.empty() ? history::findColumnMap(m_layout) : history::readColumnMap(m_map);
            if (!map)
                return complain(map.error());
            options.map = std::move(*map);
        }
        const auto started = std::chrono::steady_clock::now();
        history::ChainStore store(m_store);
        const auto report = history::importChains(m_path, store, options);
        if (!report)
            return complain(report.error());
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        if (m_asJson)
            fmt::print("{}", QJsonDocument(toJson(*report, seconds)).toJson(QJsonDocument::Indented).toStdString());
        else
            fmt::print("{}", toText(*report, m_store, seconds));
        return succeeded;
    }

private:
    std::string m_path, m_store, m_layout, m_map, m_underlying;
    bool m_asJson = false;
};

} // namespace

std::unique_ptr<Command> importCommand()
{
    return std::make_unique<ImportCommand>();
}

} // namespace vegadesk::cli
