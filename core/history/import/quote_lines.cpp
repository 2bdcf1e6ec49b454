#include "history/import/quote_lines.h"

#include "history/import/field_parsers.h"
#include "market/calendar.h"
#include "market/symbols.h"

#include <algorithm>
#include <cctype>

namespace vegadesk::history
{

namespace
{

using market::Right;

constexpr std::string_view goodRoot = "a root of 1 to 6 capital letters or digits and an expiry from 2000 to 2099";
constexpr std::string_view goodStrike = "a number above 0 and below 100000, in whole thousandths";

bool isWord(std::string_view text, std::string_view word)
{
    return std::ranges::equal(text, word, {}, [](unsigned char letter) { return std::tolower(letter); });
}

std::optional<Right> rightOf(std::string_view text)
{
    if (text == "C" || isWord(text, "c") || isWord(text, "call"))
        return Right::Call;
    if (text == "P" || isWord(text, "p") || isWord(text, "put"))
        return Right::Put;
    return std::nullopt;
}

/// Some vendors mark an index: "^SPX", "$SPX".
std::string_view withoutMark(std::string_view name)
{
    return name.starts_with('^') || name.starts_with('$') ? name.substr(1) : name;
}

/// Whether `text` is what `known` holds; else it is from now on.
bool isKnown(std::string_view text, std::string& known)
{
    if (text == known)
        return true;
    known = text;
    return false;
}

} // namespace

base::Instant closeOf(base::Date date)
{
    const auto session = market::sessionOn(date);
    return session ? session->close : market::fromNewYork(date, std::chrono::hours(16));
}

std::string underlyingOfFile(std::string_view path)
{
    std::string name(path.substr(path.rfind('/') + 1));
    name = name.substr(0, name.find_first_of("_.-"));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name;
}

QuoteLines::QuoteLines(const LineScanner& lines, const ColumnMap& map, const Columns& columns,
                       std::string_view fileName)
    : m_lines(lines), m_map(map), m_columns(columns),
      m_fileUnderlying(map.underlying.empty() ? underlyingOfFile(fileName) : map.underlying)
{
}

std::optional<BadField> QuoteLines::bad(Field field, std::string_view allowed) const
{
    return BadField{column(field).value_or(0), allowed};
}

std::optional<std::chrono::nanoseconds> QuoteLines::timeOfDay(std::string_view text) const
{
    constexpr std::chrono::nanoseconds day = std::chrono::hours(24);
    std::chrono::nanoseconds time{-1};
    double number = 0;
    if (m_map.timeUnit == TimeUnit::Clock || text.find(':') != std::string_view::npos) {
        std::array<double, 3> parts{};
        std::size_t part = 0;
        while (part < parts.size()) {
            const std::size_t colon = std::min(text.find(':'), text.size());
            if (!parseNumber(text.substr(0, colon), parts[part]) || parts[part] < 0 || (part > 0 && parts[part] >= 60))
                return std::nullopt;
            ++part;
            if (colon == text.size())
                break;
            text.remove_prefix(colon + 1);
        }
        if (part < 2 || parts[0] >= 24)
            return std::nullopt;
        time = std::chrono::nanoseconds(std::llround(1e9 * (3600 * parts[0] + 60 * parts[1] + parts[2])));
    } else if (parseNumber(text, number) && number >= 0 && number < 1e9) {
        const double each = m_map.timeUnit == TimeUnit::Hours ? 3600e9 : 1e6;
        time = std::chrono::nanoseconds(std::llround(each * number));
    }
    return time >= time.zero() && time < day ? std::optional(time) : std::nullopt;
}

std::optional<BadField> QuoteLines::readInstant(QuoteLine& out)
{
    const std::string_view name = column(Field::Underlying) ? withoutMark(text(Field::Underlying)) : m_fileUnderlying;
    const bool isSame = (isKnown(name, m_underlying) & isKnown(text(Field::Date), m_dateText) &
                         isKnown(text(Field::Time), m_timeText)) != 0;
    out.isNewSnapshot = m_isFresh || !isSame;
    out.underlying = m_underlying;
    if (column(Field::Days) && !column(Field::Date)) {
        double days = 0;
        if (!parseNumber(text(Field::Days), days) || days < 0 || days > 20'000 || days != std::floor(days))
            return bad(Field::Days, "a whole number of days");
        const auto expiry = parseTableDate(text(Field::Expiry), m_map.dateOrder == DateOrder::DayFirst);
        if (!expiry)
            return bad(Field::Expiry, "a date such as 20151224 or 2015-12-24");
        const base::Date date = *expiry - std::chrono::days(static_cast<int>(days));
        out.isNewSnapshot = out.isNewSnapshot || date != m_date;
        m_date = date;
        m_at = m_map.time ? market::fromNewYork(m_date, *m_map.time) : closeOf(m_date) - m_map.beforeClose;
    } else if (out.isNewSnapshot) {
        const std::string_view both = m_dateText;
        const std::size_t gap = both.find_first_of(" T");
        const auto date = parseTableDate(both.substr(0, gap), m_map.dateOrder == DateOrder::DayFirst);
        if (!date)
            return bad(Field::Date, "a date such as 20151224 or 2015-12-24");
        m_date = *date;
        std::optional<std::chrono::nanoseconds> time = m_map.time;
        if (column(Field::Time)) {
            time = timeOfDay(m_timeText);
            if (!time)
                return bad(Field::Time, "0 to 86399999 ms, or that time of day in the map's unit");
        } else if (gap != std::string_view::npos) {
            time = timeOfDay(both.substr(gap + 1));
            if (!time)
                return bad(Field::Date, "a date, or a date and a time such as 2015-12-24 10:00");
        }
        const auto whole = time ? std::chrono::floor<std::chrono::seconds>(*time) : std::chrono::seconds{0};
        m_at = time ? market::fromNewYork(m_date, whole) + (*time - whole) : closeOf(m_date) - m_map.beforeClose;
    }
    out.at = m_at;
    out.date = m_date;
    return std::nullopt;
}

std::optional<BadField> QuoteLines::readTerms(QuoteLine& out)
{
    QuoteRow& row = out.rows[0];
    if (column(Field::Symbol)) {
        const auto terms = market::parseOccSymbol(text(Field::Symbol));
        if (!terms)
            return bad(Field::Symbol, "an option's symbol such as SPXW  230104C03800000");
        out.isNewExpiration = m_isFresh || !isKnown(terms->root, m_root) || terms->expiry != m_expiry;
        m_expiry = out.expiry = terms->expiry;
        out.root = m_root;
        out.isRootKnown = true;
        row.right = terms->right;
        row.strike = static_cast<std::int32_t>(terms->strike.units() / (base::Decimal::unitsPerOne / 1000));
        return std::nullopt;
    }
    out.isRootKnown = column(Field::Root).has_value() && !text(Field::Root).empty();
    const std::string_view root = out.isRootKnown ? withoutMark(text(Field::Root)) : out.underlying;
    const bool isSame = (isKnown(root, m_root) & isKnown(text(Field::Expiry), m_expiryText)) != 0;
    out.isNewExpiration = m_isFresh || !isSame;
    out.root = m_root;
    if (out.isNewExpiration) {
        const auto expiry = parseTableDate(m_expiryText, m_map.dateOrder == DateOrder::DayFirst);
        if (!expiry)
            return bad(Field::Expiry, "a date such as 20151224 or 2015-12-24");
        m_expiry = *expiry;
    }
    out.expiry = m_expiry;
    if (const auto strike = parseThousandths(text(Field::Strike)))
        row.strike = *strike;
    else
        return bad(Field::Strike, goodStrike);
    if (out.isNewExpiration && !market::toOccSymbol({m_root, m_expiry, Right::Call, base::Decimal::fromInteger(1)}))
        return bad(out.isRootKnown ? Field::Root : Field::Underlying, goodRoot);
    if (const std::string_view settles = text(Field::Settlement); !settles.empty()) {
        if (settles != "AM" && settles != "PM")
            return bad(Field::Settlement, "AM or PM");
        out.settlement = settles == "AM" ? market::Settlement::AM : market::Settlement::PM;
    }
    return std::nullopt;
}

template<class Number>
std::optional<BadField> QuoteLines::readPrice(Field field, Number& value) const
{
    const std::string_view said = text(field);
    if (said.empty())
        return std::nullopt;
    double number = 0;
    if (!parseNumber(said, number))
        return bad(field, "a number");
    if (number < 0)
        return bad(field, "0 or more");
    value = static_cast<Number>(number);
    return std::nullopt;
}

/// "12 x 5": bid and ask.
std::optional<BadField> QuoteLines::readSizes(Field field, QuoteRow& row) const
{
    const std::string_view said = text(field);
    if (said.empty())
        return std::nullopt;
    const std::size_t cross = said.find('x');
    double bid = 0, ask = 0;
    std::string_view first = said.substr(0, cross);
    first = first.substr(0, first.find_last_not_of(' ') + 1);
    std::string_view second = cross == std::string_view::npos ? std::string_view() : said.substr(cross + 1);
    second.remove_prefix(std::min(second.find_first_not_of(' '), second.size()));
    if (!parseNumber(first, bid) || !parseNumber(second, ask) || bid < 0 || ask < 0)
        return bad(field, "two sizes such as 12 x 5");
    row.bidSize = static_cast<float>(bid);
    row.askSize = static_cast<float>(ask);
    return std::nullopt;
}

void QuoteLines::settle(QuoteRow& row) const
{
    if (m_map.isZeroAskNone && row.ask == 0)
        row.ask = market::unknown;
}

std::optional<BadField> QuoteLines::readOne(QuoteLine& out) const
{
    QuoteRow& row = out.rows[0];
    for (const auto& [field, value] :
         {std::pair{Field::Bid, &row.bid}, {Field::Ask, &row.ask}, {Field::Last, &row.last}}) {
        if (const auto wrong = readPrice(field, *value))
            return wrong;
    }
    for (const auto& [field, value] : {std::pair{Field::BidSize, &row.bidSize},
                                       {Field::AskSize, &row.askSize},
                                       {Field::Volume, &row.volume},
                                       {Field::OpenInterest, &row.openInterest}}) {
        if (const auto wrong = readPrice(field, *value))
            return wrong;
    }
    if (!column(Field::Symbol)) {
        const auto right = rightOf(text(Field::Right));
        if (!right)
            return bad(Field::Right, "C or P, call or put");
        row.right = *right;
    }
    settle(row);
    out.rowCount = 1;
    return std::nullopt;
}

std::optional<BadField> QuoteLines::readBoth(QuoteLine& out) const
{
    struct Side {
        Right right;
        Field bid, ask, sizes, last, volume, openInterest;
    };
    static constexpr std::array<Side, 2> sides{{{Right::Call, Field::CallBid, Field::CallAsk, Field::CallSizes,
                                                 Field::CallLast, Field::CallVolume, Field::CallOpenInterest},
                                                {Right::Put, Field::PutBid, Field::PutAsk, Field::PutSizes,
                                                 Field::PutLast, Field::PutVolume, Field::PutOpenInterest}}};
    const std::int32_t strike = out.rows[0].strike;
    out.rowCount = 0;
    for (const Side& side : sides) {
        if (text(side.bid).empty() && text(side.ask).empty())
            continue;
        QuoteRow& row = out.rows[out.rowCount++];
        row = QuoteRow{};
        row.strike = strike;
        row.right = side.right;
        for (const auto& [field, value] :
             {std::pair{side.bid, &row.bid}, {side.ask, &row.ask}, {side.last, &row.last}}) {
            if (const auto wrong = readPrice(field, *value))
                return wrong;
        }
        for (const auto& [field, value] :
             {std::pair{side.volume, &row.volume}, {side.openInterest, &row.openInterest}}) {
            if (const auto wrong = readPrice(field, *value))
                return wrong;
        }
        if (const auto wrong = readSizes(side.sizes, row))
            return wrong;
        settle(row);
    }
    return std::nullopt;
}

std::optional<BadField> QuoteLines::readSpot(QuoteLine& out)
{
    const bool isSame = (isKnown(text(Field::Spot), m_spotText) & isKnown(text(Field::SpotBid), m_spotBidText) &
                         isKnown(text(Field::SpotAsk), m_spotAskText)) != 0;
    out.isNewSpot = m_isFresh || !isSame || out.isNewSnapshot;
    if (m_isFresh || !isSame) {
        m_spot = m_spotBid = m_spotAsk = market::unknown;
        for (const auto& [field, value] :
             {std::pair{Field::Spot, &m_spot}, {Field::SpotBid, &m_spotBid}, {Field::SpotAsk, &m_spotAsk}}) {
            if (const auto wrong = readPrice(field, *value))
                return wrong;
        }
        if (!(m_spotBid > 0) || !(m_spotAsk > 0)) // vendors write 0 for an index's missing quote
            m_spotBid = m_spotAsk = market::unknown;
        if (!(m_spot > 0))
            m_spot = market::unknown;
    }
    out.spot = m_spot;
    out.spotBid = m_spotBid;
    out.spotAsk = m_spotAsk;
    return std::nullopt;
}

std::optional<BadField> QuoteLines::read(QuoteLine& out)
{
    out.settlement.reset();
    out.rows[0] = QuoteRow{};
    std::optional<BadField> wrong = readInstant(out);
    if (!wrong)
        wrong = readTerms(out);
    if (!wrong)
        wrong = m_map.isWide() ? readBoth(out) : readOne(out);
    if (!wrong)
        wrong = readSpot(out);
    m_isFresh = wrong.has_value();
    return wrong;
}

} // namespace vegadesk::history
