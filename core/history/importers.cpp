#include "history/importers.h"

#include "history/csv_file.h"
#include "market/broad_index.h"
#include "market/calendar.h"
#include "market/symbols.h"
#include "pricing/forward.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

namespace vegadesk::history
{

namespace
{

using base::Date;
using base::Instant;
using market::Right;

struct SideQuote {
    bool isListed = false;
    double bid = market::unknown, ask = market::unknown;
    double bidSize = market::unknown, askSize = market::unknown;
};
struct StrikeQuotes {
    SideQuote call, put;
};
using Strikes = std::map<double, StrikeQuotes>;

struct RecordedChain {
    double spot = market::unknown;
    std::map<Date, Strikes> expiries;
};

struct Recorded {
    std::map<Instant, RecordedChain> chains;
    std::map<Date, double> closes;
};
using RecordedByName = std::map<std::string, Recorded, std::less<>>;

struct QuoteColumns {
    std::size_t date = 0, expiry = 0, right = 0, strike = 0, bid = 0, ask = 0;
    std::optional<std::size_t> underlying, millis, bidSize, askSize, spot;
};

std::optional<QuoteColumns> quoteColumns(const CsvFile& file)
{
    const auto date = file.column({"date", "trade_date"});
    const auto expiry = file.column("expiry");
    const auto right = file.column("cp");
    const auto strike = file.column("strike");
    const auto bid = file.column({"bid", "close_bid"});
    const auto ask = file.column({"ask", "close_ask"});
    if (!date || !expiry || !right || !strike || !bid || !ask)
        return std::nullopt;
    return QuoteColumns{*date,
                        *expiry,
                        *right,
                        *strike,
                        *bid,
                        *ask,
                        file.column("underlying"),
                        file.column("ms_since_midnight"),
                        file.column("bid_size"),
                        file.column("ask_size"),
                        file.column("spot")};
}

std::string nameFromFile(const std::string& path)
{
    std::string name = std::filesystem::path(path).filename().string();
    name = name.substr(0, name.find_first_of("_."));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name;
}

Instant closeOf(Date date)
{
    const auto session = market::sessionOn(date);
    return session ? session->close : market::fromNewYork(date, std::chrono::hours(16));
}

base::Result<Instant> instantOf(const CsvFile& file, const QuoteColumns& columns, Date date)
{
    if (!columns.millis)
        return closeOf(date);
    const auto millis = file.integer(*columns.millis);
    if (!millis)
        return tl::make_unexpected(millis.error());
    constexpr std::int64_t perDay = 86'400'000;
    if (*millis < 0 || *millis >= perDay)
        return file.refuse(*columns.millis, "0 to 86399999 ms");
    return market::fromNewYork(date, std::chrono::seconds(*millis / 1000)) + std::chrono::milliseconds(*millis % 1000);
}

base::Result<double> price(const CsvFile& file, std::size_t column)
{
    auto value = file.numberOrUnknown(column);
    if (value && *value < 0)
        return file.refuse(column, "0 or more");
    return value;
}

/// Reads a line's fields first and asks for the error once.
class LineReader
{
public:
    template<class T>
    T take(const base::Result<T>& result)
    {
        if (result)
            return *result;
        if (!m_error)
            m_error = result.error();
        return T{};
    }
    bool failed() const { return m_error.has_value(); }
    tl::unexpected<base::Error> error() const { return tl::make_unexpected(*m_error); }

private:
    std::optional<base::Error> m_error;
};

base::Result<void> readQuotes(CsvFile& file, const QuoteColumns& columns, RecordedByName& names)
{
    const std::string fileName = nameFromFile(file.path());
    while (file.next()) {
        LineReader line;
        const Date date = line.take(file.date(columns.date));
        const Instant at = line.take(instantOf(file, columns, date));
        const Date expiry = line.take(file.date(columns.expiry));
        const double strike = line.take(file.number(columns.strike));
        SideQuote quote;
        quote.isListed = true;
        quote.bid = line.take(price(file, columns.bid));
        quote.ask = line.take(price(file, columns.ask));
        if (columns.bidSize)
            quote.bidSize = line.take(price(file, *columns.bidSize));
        if (columns.askSize)
            quote.askSize = line.take(price(file, *columns.askSize));
        const double spot = columns.spot ? line.take(price(file, *columns.spot)) : market::unknown;
        if (line.failed())
            return line.error();
        const std::string_view right = file.field(columns.right);
        if (right != "C" && right != "P")
            return file.refuse(columns.right, "C or P");
        if (!(strike > 0))
            return file.refuse(columns.strike, "a number above 0");
        const std::string_view name = columns.underlying ? file.field(*columns.underlying) : fileName;
        if (!market::toOccSymbol(
                {std::string(name), expiry, Right::Call, base::Decimal::fromDouble(strike).value_or(base::Decimal{})}))
            return file.refuse(columns.underlying.value_or(columns.strike),
                               "a root of 1 to 6 capital letters and a strike in whole thousandths");

        RecordedChain& chain = names[std::string(name)].chains[at];
        StrikeQuotes& quotes = chain.expiries[expiry][strike];
        SideQuote& side = right == "C" ? quotes.call : quotes.put;
        if (side.isListed)
            return file.refuse(columns.strike, "one quote of a contract at an instant");
        side = quote;
        if (columns.spot)
            chain.spot = spot;
    }
    return {};
}

base::Result<void> readCloses(CsvFile& file, RecordedByName& names)
{
    const std::size_t dateColumn = *file.column("date");
    const std::size_t closeColumn = *file.column("unadjusted_close");
    const std::size_t nameColumn = *file.column("underlying");
    while (file.next()) {
        LineReader line;
        const Date date = line.take(file.date(dateColumn));
        const double close = line.take(file.number(closeColumn));
        if (line.failed())
            return line.error();
        if (!(close > 0))
            return file.refuse(closeColumn, "a number above 0");
        names[std::string(file.field(nameColumn))].closes[date] = close;
    }
    return {};
}

base::Result<void> readFile(const std::string& path, RecordedByName& names)
{
    auto file = CsvFile::read(path);
    if (!file)
        return tl::make_unexpected(file.error());
    if (const auto columns = quoteColumns(*file))
        return readQuotes(*file, *columns, names);
    if (file->column("date") && file->column("unadjusted_close") && file->column("underlying"))
        return readCloses(*file, names);
    return {};
}

/// What a single file would need to be one of quotes.
std::string missingColumns(const std::string& path)
{
    const auto file = CsvFile::read(path);
    if (!file)
        return file.error().message();
    constexpr std::array<std::array<const char*, 2>, 6> needed{{{"date", "trade_date"},
                                                                {"expiry", "expiry"},
                                                                {"cp", "cp"},
                                                                {"strike", "strike"},
                                                                {"bid", "close_bid"},
                                                                {"ask", "close_ask"}}};
    std::string out;
    for (const auto& [name, other] : needed) {
        if (!file->column({name, other}))
            out += (out.empty() ? "" : ", ") + std::string(name);
    }
    return out;
}

base::Error nothingToRead(const std::string& path, bool isFolder)
{
    if (isFolder)
        return {base::ErrorKind::NotFound,
                "folder",
                path,
                "CSV files with the columns date, expiry, cp, strike, bid, ask",
                {}};
    const std::string missing = missingColumns(path);
    return {base::ErrorKind::NotFound,
            "file",
            path,
            missing.empty() ? "at least one line of quotes"
                            : "the columns date, expiry, cp, strike, bid, ask; missing are " + missing,
            {}};
}

bool isCsv(const std::filesystem::path& path)
{
    const std::string name = path.filename().string();
    return name.ends_with(".csv") || name.ends_with(".csv.gz");
}

bool fits(double price, double tick)
{
    const double ticks = price / tick;
    return !std::isfinite(price) || std::abs(ticks - std::round(ticks)) < 1e-6;
}

/// The coarsest ladder of the exchanges' usual ones that all prices stand on.
market::TickTable inferTicks(const Recorded& recorded)
{
    struct Ladder {
        int lowCents, highCents;
    };
    constexpr double threshold = 3;
    constexpr std::array<Ladder, 2> ladders{{{5, 10}, {1, 5}}};
    const auto table = [](Ladder ladder) {
        constexpr std::int64_t cent = base::Decimal::unitsPerOne / 100;
        return market::TickTable{{base::Decimal::fromInteger(3), base::Decimal::fromUnits(ladder.lowCents * cent)},
                                 {std::nullopt, base::Decimal::fromUnits(ladder.highCents * cent)}};
    };
    for (const Ladder ladder : ladders) {
        const auto stands = [&](double price) {
            return fits(price, (price < threshold ? ladder.lowCents : ladder.highCents) * 0.01);
        };
        const auto allStand = [&](const SideQuote& side) { return stands(side.bid) && stands(side.ask); };
        bool isIt = true;
        for (const auto& [at, chain] : recorded.chains) {
            for (const auto& [expiry, strikes] : chain.expiries) {
                isIt = isIt && std::ranges::all_of(strikes, [&](const auto& entry) {
                           return allStand(entry.second.call) && allStand(entry.second.put);
                       });
            }
        }
        if (isIt)
            return table(ladder);
    }
    return table({1, 1});
}

/// Also the Saturday that standard options carried until 2015.
market::ExpirationType typeOf(Date expiry)
{
    const std::chrono::year_month_day ymd(expiry);
    const Date monthly = market::monthlyExpiry(static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()));
    const bool isMonthly = expiry == monthly || expiry == monthly + std::chrono::days(1);
    return isMonthly ? market::ExpirationType::Regular : market::ExpirationType::Weekly;
}

void fillSide(const std::string& name, Date expiry, Right right, const Strikes& strikes, Instant at,
              market::OptionColumns& side)
{
    side.resize(strikes.size());
    std::size_t row = 0;
    for (const auto& [strike, quotes] : strikes) {
        const SideQuote& quote = right == Right::Call ? quotes.call : quotes.put;
        if (quote.isListed) {
            side.symbols[row] =
                market::toOccSymbol({name, expiry, right, base::Decimal::fromDouble(strike).value()}).value();
            side.bid[row] = quote.bid;
            side.ask[row] = quote.ask;
            side.bidSize[row] = quote.bidSize;
            side.askSize[row] = quote.askSize;
            side.time[row] = at;
        }
        side.flags[row] = market::classify(side.quoteAt(row), at, base::Nanos(0));
        ++row;
    }
}

market::OptionChain makeChain(const std::string& name, Instant at, const RecordedChain& recorded,
                              const market::TickTable& ticks, double close)
{
    market::OptionChain chain;
    chain.underlying = name;
    chain.at = at;
    const market::BroadIndex* const index = market::broadIndex(name);
    for (const auto& [expiry, strikes] : recorded.expiries) {
        market::Expiration expiration;
        expiration.root = name;
        expiration.date = expiry;
        // Recorded sets do not tell an index's roots apart, nor do they hold its opening price.
        expiration.settlement = market::Settlement::PM;
        expiration.expiresAt = market::expiryInstant(expiry, expiration.settlement);
        expiration.type = typeOf(expiry);
        expiration.style = index ? index->style : market::ExerciseStyle::American;
        expiration.multiplier = index ? index->multiplier : expiration.multiplier;
        expiration.ticks = ticks;
        for (const auto& [strike, quotes] : strikes)
            expiration.strikes.push_back(strike);
        fillSide(name, expiry, Right::Call, strikes, at, expiration.calls);
        fillSide(name, expiry, Right::Put, strikes, at, expiration.puts);
        chain.expirations.push_back(std::move(expiration));
    }
    double spot = std::isfinite(recorded.spot) ? recorded.spot : close;
    if (!std::isfinite(spot))
        spot = pricing::impliedSpot(chain, at, {});
    chain.underlyingLast = spot;
    chain.underlyingQuote.bid = chain.underlyingQuote.ask = spot;
    chain.underlyingQuote.time = at;
    chain.underlyingFlags = market::classify(chain.underlyingQuote, at, base::Nanos{0});
    return chain;
}

std::string listOf(const RecordedByName& names)
{
    std::string list;
    for (const auto& [name, recorded] : names) {
        if (!recorded.chains.empty())
            list += (list.empty() ? "" : ", ") + name;
    }
    return list;
}

} // namespace

RecordedChainSource::RecordedChainSource(std::string description, std::vector<market::OptionChain> chains,
                                         std::vector<DailyClose> closes)
    : m_description(std::move(description)), m_chains(std::move(chains)), m_closes(std::move(closes))
{
}

base::Result<bool> RecordedChainSource::next(market::OptionChain& chain)
{
    if (m_next == m_chains.size())
        return false;
    chain = m_chains[m_next++];
    return true;
}

std::vector<DailyClose> RecordedChainSource::closes(Date from, Date to)
{
    std::vector<DailyClose> within;
    std::ranges::copy_if(m_closes, std::back_inserter(within),
                         [&](const DailyClose& close) { return close.date >= from && close.date <= to; });
    return within;
}

std::optional<double> RecordedChainSource::settlementPrice(Date expiry, market::Settlement settlement)
{
    if (settlement == market::Settlement::AM)
        return std::nullopt;
    const auto found = std::ranges::find(m_closes, expiry, &DailyClose::date);
    return found == m_closes.end() ? std::nullopt : std::optional(found->close);
}

base::Result<std::unique_ptr<RecordedChainSource>> openRecordedChains(const std::string& path,
                                                                      std::string_view underlying)
{
    namespace fs = std::filesystem;
    std::error_code failure;
    std::vector<std::string> files;
    const bool isFolder = fs::is_directory(path, failure);
    if (isFolder) {
        for (const fs::directory_entry& entry : fs::directory_iterator(path, failure)) {
            if (isCsv(entry.path()))
                files.push_back(entry.path().string());
        }
        std::ranges::sort(files);
    } else {
        files.push_back(path);
    }
    RecordedByName names;
    for (const std::string& file : files) {
        if (const auto read = readFile(file, names); !read)
            return tl::make_unexpected(read.error());
    }
    const std::string found = listOf(names);
    if (found.empty())
        return tl::make_unexpected(nothingToRead(path, isFolder));
    if (underlying.empty() && found.find(',') != std::string::npos)
        return base::badInput("underlying", underlying, "one of " + found);
    const auto chosen = names.find(underlying.empty() ? std::string_view(found) : underlying);
    if (chosen == names.end() || chosen->second.chains.empty())
        return base::badInput("underlying", underlying, "one of " + found);

    const Recorded& recorded = chosen->second;
    const market::TickTable ticks = inferTicks(recorded);
    std::vector<market::OptionChain> chains;
    for (const auto& [at, chain] : recorded.chains) {
        // A close is the underlying's price at the day's last quotes, and at no other time.
        const Date date = market::newYorkDate(at);
        const auto close = recorded.closes.find(date);
        const bool isAtClose = close != recorded.closes.end() && at == closeOf(date);
        chains.push_back(makeChain(chosen->first, at, chain, ticks, isAtClose ? close->second : market::unknown));
    }
    std::vector<DailyClose> closes;
    for (const auto& [date, close] : recorded.closes)
        closes.push_back({date, close});
    return std::make_unique<RecordedChainSource>("recorded quotes of " + chosen->first + " in " + path,
                                                 std::move(chains), std::move(closes));
}

} // namespace vegadesk::history
