#include "history/recorded_quotes.h"

#include "history/csv_file.h"
#include "market/calendar.h"
#include "market/symbols.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <optional>
#include <vector>

namespace vegadesk::history
{

namespace
{

using base::Date;
using base::Instant;
using market::Right;

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

} // namespace

Instant closeOf(Date date)
{
    const auto session = market::sessionOn(date);
    return session ? session->close : market::fromNewYork(date, std::chrono::hours(16));
}

base::Result<RecordedByName> readRecorded(const std::string& path)
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
    if (std::ranges::all_of(names, [](const auto& each) { return each.second.chains.empty(); }))
        return tl::make_unexpected(nothingToRead(path, isFolder));
    return names;
}

} // namespace vegadesk::history
