/// A year of an index's chains, from a vendor's table to a backtest: how long it takes to import the table, to read the store,
/// and to run a condor over it. Beside the import stands a plain reader, a line at a time, a field a number (history::CsvFile);
/// beside both a backtest as one writes it in an afternoon, with a dictionary a row. Prints seconds of the processor, of this
/// process alone, for a person; what is asserted is that store and table give the same decisions, and that the run did what it is
/// timed for.
/// Usage: bench_chain_store [--quick] [--keep FOLDER] [--rounds N]

#include "backtest/engine.h"
#include "history/csv_file.h"
#include "history/import/chain_import.h"
#include "history/importers.h"
#include "history/market_generator.h"
#include "naive_condor.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <unistd.h>

using namespace vegadesk;

namespace
{

[[noreturn]] void fail(const std::string& why)
{
    std::fprintf(stderr, "bench_chain_store: %s\n", why.c_str());
    std::exit(1);
}

template<class T>
T valueOf(base::Result<T> result)
{
    if (!result)
        fail(result.error().message());
    return *std::move(result);
}

std::string processorName()
{
    std::ifstream facts("/proc/cpuinfo");
    for (std::string line; std::getline(facts, line);) {
        if (line.starts_with("model name"))
            return line.substr(line.find(':') + 2);
    }
    return "a processor that does not say its name";
}

class TableWriter
{
public:
    explicit TableWriter(const std::string& path) : m_file(std::fopen(path.c_str(), "wb"))
    {
        if (!m_file)
            fail(path + " cannot be written");
    }
    ~TableWriter()
    {
        flush();
        std::fclose(m_file);
    }
    TableWriter(const TableWriter&) = delete;
    TableWriter& operator=(const TableWriter&) = delete;

    void text(std::string_view text) { m_text += text; }
    void number(double value, int decimals)
    {
        m_text += ',';
        if (std::isnan(value))
            return;
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.begin(), digits.end(), value, std::chars_format::fixed, decimals).ptr;
        m_text.append(digits.data(), end);
    }
    void endLine()
    {
        m_text += '\n';
        if (m_text.size() > std::size_t{1} << 20)
            flush();
    }

private:
    void flush()
    {
        std::fwrite(m_text.data(), 1, m_text.size(), m_file);
        m_text.clear();
    }
    std::FILE* m_file;
    std::string m_text;
};

/// The simulated index at the end of each day, as optopsy's users keep their tables.
void writeYear(const std::string& path, base::Date from, base::Date to)
{
    const auto source = valueOf(history::GeneratedChainSource::make("SPX", from, to, 1));
    TableWriter out(path);
    out.text("underlying_symbol,quote_date,root,expiration,strike,option_type,bid,ask,bid_size,ask_size,volume,"
             "open_interest,delta,underlying_price");
    out.endLine();
    market::OptionChain chain;
    while (valueOf(source->next(chain))) {
        const std::string day =
            base::formatDate(base::Date(std::chrono::floor<std::chrono::days>(chain.at).time_since_epoch()));
        const auto analytics = pricing::analyse(chain, chain.at, {});
        for (std::size_t e = 0; e < chain.expirations.size(); ++e) {
            const market::Expiration& expiration = chain.expirations[e];
            const std::string head = "SPX," + day + "," + expiration.root + "," + base::formatDate(expiration.date);
            for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
                for (const market::Right right : {market::Right::Call, market::Right::Put}) {
                    const market::OptionColumns& side = expiration.side(right);
                    out.text(head);
                    out.number(expiration.strikes[row], 0);
                    out.text(right == market::Right::Call ? ",C" : ",P");
                    out.number(side.bid[row], 2);
                    out.number(side.ask[row], 2);
                    for (const auto* column : {&side.bidSize, &side.askSize, &side.volume, &side.openInterest})
                        out.number((*column)[row], 0);
                    out.number(analytics.expirations[e].side(right).delta[row], 4);
                    out.number(chain.underlyingLast, 2);
                    out.endLine();
                }
            }
        }
    }
}

/// What the plain reader makes of it: every price, size and date as a number.
double readPlainly(const std::string& path)
{
    auto file = valueOf(history::CsvFile::read(path));
    constexpr std::array names{"strike",   "bid",    "ask",           "bid_size",
                               "ask_size", "volume", "open_interest", "underlying_price"};
    std::array<std::size_t, names.size()> columns{};
    for (std::size_t i = 0; i < names.size(); ++i)
        columns[i] = file.column(names[i]).value();
    const std::size_t day = file.column("quote_date").value(), expiry = file.column("expiration").value();
    double sum = 0;
    while (file.next()) {
        sum += static_cast<double>((valueOf(file.date(expiry)) - valueOf(file.date(day))).count());
        for (const std::size_t column : columns)
            sum += valueOf(file.numberOrUnknown(column));
    }
    return sum;
}

/// Seconds of the processor that this process has had, in the program and for it in the kernel.
struct Spent {
    double program = 0, kernel = 0;

    double total() const { return program + kernel; }
};
Spent spent()
{
    rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return {seconds(usage.ru_utime), seconds(usage.ru_stime)};
}

/// The best of so many rounds: what others do to the machine only ever makes it slower.
Spent timed(int rounds, const std::function<void()>& work)
{
    Spent best{std::numeric_limits<double>::infinity(), 0};
    for (int round = 0; round < rounds; ++round) {
        const Spent before = spent();
        work();
        const Spent after = spent();
        const Spent took{after.program - before.program, after.kernel - before.kernel};
        if (took.total() < best.total())
            best = took;
    }
    return best;
}

void print(const char* what, const Spent& time, double rows)
{
    std::printf("  %-66s %7.3f s (%.3f s of it in the kernel)  %6.2f million contract rows/s\n", what, time.total(),
                time.kernel, 1e-6 * rows / time.total());
}

backtest::Report runCondor(history::ChainSource& source, bool isAlone)
{
    backtest::Config config = valueOf(backtest::configure("iron_condor"));
    config.capital = 1'000'000;
    config.withSensitivity = config.withBootstrap = !isAlone;
    return valueOf(backtest::run(config, source));
}

/// Marks, margin and attribution are in the report, and the last adds up: what is timed was done.
void check(const backtest::Report& report)
{
    const double net = report.metric("net_profit");
    const double attributed = report.attribution.total.total().toDouble();
    if (report.equity.size() <= report.snapshots || !(std::abs(net - attributed) < 0.01))
        fail("the run has no daily marks, or an attribution that does not add up");
    if (!report.trades.empty() && !(report.metric("max_buying_power") > 0))
        fail("the run has trades without margin");
    std::printf(
        "  %zu marks, %zu trades, net profit %.2f, of which delta %.2f, gamma %.2f, theta %.2f, vega %.2f; most margin "
        "%.0f\n",
        report.equity.size(), report.trades.size(), net,
        report.attribution.total[portfolio::ProfitSource::Delta].toDouble(),
        report.attribution.total[portfolio::ProfitSource::Gamma].toDouble(),
        report.attribution.total[portfolio::ProfitSource::Theta].toDouble(),
        report.attribution.total[portfolio::ProfitSource::Vega].toDouble(), report.metric("max_buying_power"));
}

void measure(const std::filesystem::path& folder, bool isQuick, int rounds)
{
    const std::string table = (folder / "spx_year.csv").string();
    const std::filesystem::path storeFolder = folder / "store";
    if (!std::filesystem::exists(table))
        writeYear(table, base::makeDate(2023, 1, 3),
                  isQuick ? base::makeDate(2023, 1, 9) : base::makeDate(2024, 1, 16));
    history::ChainStore store(storeFolder.string());
    readPlainly(table); // from here on the table is in the machine's memory

    history::ImportReport imported;
    const Spent import = timed(rounds, [&] {
        std::filesystem::remove_all(storeFolder);
        imported = valueOf(history::importChains(table, store, history::ImportOptions{}));
    });
    const auto rows = static_cast<double>(imported.quotes);
    double sum = 0;
    const Spent plain = timed(rounds, [&] { sum = readPlainly(table); });
    if (!(std::abs(sum) > 0))
        fail("the plain reader read nothing");
    std::printf("%s, one core, best of %d. %.1f MB, %.0f contract rows.\n", processorName().c_str(), rounds,
                1e-6 * static_cast<double>(imported.bytes), rows);
    print("import of the table into the store", import, rows);
    print("a plain reader of the table, fields to numbers only", plain, rows);
    std::printf("  the import takes %.2f times the plain reader's time\n", import.total() / plain.total());

    const auto source = valueOf(store.open("SPX"));
    market::OptionChain chain;
    print("store, every snapshot as a chain",
          timed(rounds,
                [&] {
                    source->rewind();
                    while (valueOf(source->next(chain))) {
                    }
                }),
          rows);
    std::optional<backtest::Report> report;
    const Spent condor = timed(rounds, [&] { report = runCondor(*source, true); });
    print("condor for the year: daily marks, margin, attribution, metrics", condor, rows);
    check(*report);
    print("the same with intervals and runs at 0, 50 and 100 % of the spread",
          timed(rounds, [&] { runCondor(*source, false); }), rows);
    benchmarks::NaiveResult naive;
    const Spent byRow = timed(1, [&] { naive = valueOf(benchmarks::naiveCondor(table)); });
    print("a dictionary a row: read, condor and daily marks, nothing else", byRow, rows);
    std::printf(
        "  %zu marks, %zu trades, profit at the mids %.2f; it takes %.1f times as long as import and condor together\n",
        naive.marks, naive.trades, naive.profit, byRow.total() / (import.total() + condor.total()));
    const auto direct = valueOf(history::openRecordedChains(table));
    if (runCondor(*direct, true).decisionHash != report->decisionHash)
        fail("store and table do not give the same decisions");
    std::printf("  decisions %s, from store and table alike\n", report->decisionHash.c_str());
}

} // namespace

int main(int argc, char** argv)
{
    bool isQuick = false;
    std::string keep;
    int rounds = 3;
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        if (option == "--quick")
            isQuick = true;
        else if (option == "--keep" && i + 1 < argc)
            keep = argv[++i];
        else if (option == "--rounds" && i + 1 < argc)
            rounds = std::clamp(std::atoi(argv[++i]), 1, 100);
        else
            fail("usage: bench_chain_store [--quick] [--keep FOLDER] [--rounds N]");
    }
    const std::filesystem::path folder =
        keep.empty() ? std::filesystem::temp_directory_path() / ("vegadesk-bench-" + std::to_string(::getpid()))
                     : std::filesystem::path(keep);
    std::filesystem::create_directories(folder);
    measure(folder, isQuick, isQuick ? 1 : rounds);
    if (keep.empty())
        std::filesystem::remove_all(folder);
    return 0;
}
