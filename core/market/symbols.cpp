#include "market/symbols.h"

#include <algorithm>
#include <fmt/format.h>

namespace vegadesk::market
{

namespace
{

constexpr std::size_t rootWidth = 6;
constexpr std::size_t datedWidth = 15; // yymmdd, C or P, eight digits of strike
constexpr std::int64_t unitsPerThousandth = base::Decimal::unitsPerOne / 1000;
constexpr std::int64_t strikeBound = 100'000'000; // thousandths: eight digits

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isRoot(std::string_view text)
{
    return !text.empty() && text.size() <= rootWidth &&
           std::ranges::all_of(text, [](char c) { return isDigit(c) || (c >= 'A' && c <= 'Z'); });
}

std::string shown(std::string_view text)
{
    return std::string(text.substr(0, 40));
}

/// The strike in thousandths, or an error that says why these terms have no symbol.
base::Result<std::int64_t> strikeInThousandths(const base::Decimal& strike)
{
    const std::int64_t units = strike.units();
    if (units <= 0 || units % unitsPerThousandth != 0 || units / unitsPerThousandth >= strikeBound)
        return base::badInput("strike", strike.toString(), "a whole number of thousandths from 0.001 to 99999.999");
    return units / unitsPerThousandth;
}

/// "yymmdd" and the right's letter.
base::Result<std::string> datePart(const OptionTerms& terms)
{
    if (!isRoot(terms.root))
        return base::badInput("root", shown(terms.root), "1 to 6 upper-case letters or digits");
    const std::chrono::year_month_day date(terms.expiry);
    const int year = static_cast<int>(date.year());
    if (year < 2000 || year > 2099)
        return base::badInput("expiry", base::formatDate(terms.expiry), "a date from 2000 to 2099");
    return fmt::format("{:02}{:02}{:02}{}", year - 2000, static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), terms.right == Right::Call ? 'C' : 'P');
}

/// "600", "600.5"
std::string plainNumber(const base::Decimal& strike)
{
    std::string number = strike.toString();
    if (number.ends_with(".0"))
        number.resize(number.size() - 2);
    return number;
}

int twoDigits(std::string_view text, std::size_t at)
{
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// Reads "yymmdd" and the letter; `text` has exactly those seven characters.
std::optional<OptionTerms> parseDatePart(std::string_view root, std::string_view text)
{
    if (!isRoot(root) || text.size() != 7 || !std::ranges::all_of(text.substr(0, 6), isDigit))
        return std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(2000 + twoDigits(text, 0)),
                                           std::chrono::month(static_cast<unsigned>(twoDigits(text, 2))),
                                           std::chrono::day(static_cast<unsigned>(twoDigits(text, 4))));
    if (!date.ok() || (text[6] != 'C' && text[6] != 'P'))
        return std::nullopt;
    OptionTerms terms;
    terms.root = root;
    terms.expiry = base::Date(date);
    terms.right = text[6] == 'C' ? Right::Call : Right::Put;
    return terms;
}

} // namespace

base::Result<std::string> toOccSymbol(const OptionTerms& terms)
{
    const auto dated = datePart(terms);
    if (!dated)
        return tl::make_unexpected(dated.error());
    const auto strike = strikeInThousandths(terms.strike);
    if (!strike)
        return tl::make_unexpected(strike.error());
    return fmt::format("{:<6}{}{:08}", terms.root, *dated, *strike);
}

base::Result<OptionTerms> parseOccSymbol(std::string_view text)
{
    const auto refuse = [&] {
        return base::badInput("option symbol", shown(text), "21 characters such as \"SPY   261218C00600000\"");
    };
    if (text.size() <= datedWidth || text.size() > rootWidth + datedWidth)
        return refuse();
    std::string_view root = text.substr(0, text.size() - datedWidth);
    root = root.substr(0, root.find_last_not_of(' ') + 1);
    const std::string_view rest = text.substr(text.size() - datedWidth);
    auto terms = parseDatePart(root, rest.substr(0, 7));
    if (!terms || !std::ranges::all_of(rest.substr(7), isDigit))
        return refuse();
    std::int64_t thousandths = 0;
    for (const char c : rest.substr(7))
        thousandths = thousandths * 10 + (c - '0');
    if (thousandths == 0)
        return refuse();
    terms->strike = base::Decimal::fromUnits(thousandths * unitsPerThousandth);
    return *std::move(terms);
}

std::string contractName(std::string_view symbol)
{
    const auto terms = parseOccSymbol(symbol);
    if (!terms)
        return std::string(symbol);
    return fmt::format("{} {} {} {}", terms->root, base::formatDate(terms->expiry), plainNumber(terms->strike),
                       terms->right == Right::Call ? 'C' : 'P');
}

base::Result<std::string> toStreamerSymbol(const OptionTerms& terms)
{
    const auto dated = datePart(terms);
    if (!dated)
        return tl::make_unexpected(dated.error());
    const auto strike = strikeInThousandths(terms.strike);
    if (!strike)
        return tl::make_unexpected(strike.error());
    return fmt::format(".{}{}{}", terms.root, *dated, plainNumber(terms.strike));
}

base::Result<OptionTerms> parseStreamerSymbol(std::string_view text)
{
    const auto refuse = [&] {
        return base::badInput("streamer symbol", shown(text), "an option such as \".SPY261218C600.5\"");
    };
    // A root may end in digits and may hold C or P; the strike holds neither letter, so read from the right.
    const std::size_t letter = text.find_last_of("CP");
    if (text.size() > 32 || !text.starts_with('.') || letter == std::string_view::npos || letter < 8)
        return refuse();
    const std::string_view number = text.substr(letter + 1);
    auto terms = parseDatePart(text.substr(1, letter - 7), text.substr(letter - 6, 7));
    if (!terms || number.empty() || !isDigit(number.front()) || !isDigit(number.back()) ||
        !std::ranges::all_of(number, [](char c) { return isDigit(c) || c == '.'; }))
        return refuse();
    const auto strike = base::Decimal::parse(number);
    if (!strike || !strikeInThousandths(*strike))
        return refuse();
    terms->strike = *strike;
    return *std::move(terms);
}

} // namespace vegadesk::market
