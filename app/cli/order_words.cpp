#include "order_words.h"

#include "market/symbols.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>
#include <sstream>

namespace vegadesk::cli
{

namespace
{

constexpr const char* legForm = "as \"buy to open 1 SPY 2026-12-18 600 C\" or \"sell to close 100 SPY\"";

struct ActionWords {
    std::array<std::string_view, 3> words;
    portfolio::Action action;
};
constexpr std::array actions{ActionWords{{"buy", "to", "open"}, portfolio::Action::BuyToOpen},
                             ActionWords{{"buy", "to", "close"}, portfolio::Action::BuyToClose},
                             ActionWords{{"sell", "to", "open"}, portfolio::Action::SellToOpen},
                             ActionWords{{"sell", "to", "close"}, portfolio::Action::SellToClose}};

std::string lower(std::string text)
{
    for (char& each : text)
        each = each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    return text;
}

/// "SPY", "SPY 261218C00600000", or "SPY 2026-12-18 600 C".
base::Result<std::string> symbolOf(std::span<const std::string> words)
{
    if (words.size() == 1)
        return words[0];
    if (words.size() == 2) {
        const auto terms = market::parseOccSymbol(words[0] + " " + words[1]);
        return terms ? market::toOccSymbol(*terms) : tl::make_unexpected(terms.error());
    }
    if (words.size() != 4)
        return base::badInput("contract", fmt::format("{}", fmt::join(words, " ")), legForm);
    market::OptionTerms terms;
    terms.root = words[0];
    const auto expiry = base::parseDate(words[1], "expiry");
    if (!expiry)
        return tl::make_unexpected(expiry.error());
    const auto strike = base::Decimal::parse(words[2]);
    if (!strike)
        return base::badInput("strike", words[2], "a positive number, in thousandths at most");
    const std::string right = lower(words[3]);
    if (right != "c" && right != "p" && right != "call" && right != "put")
        return base::badInput("right", words[3], "C or P");
    terms.expiry = *expiry;
    terms.strike = *strike;
    terms.right = right.front() == 'c' ? market::Right::Call : market::Right::Put;
    return market::toOccSymbol(terms);
}

base::Result<portfolio::TimeInForce> timeInForceOf(const std::string& word)
{
    if (word == "day")
        return portfolio::TimeInForce::Day;
    if (word == "gtc")
        return portfolio::TimeInForce::Gtc;
    if (word == "ioc")
        return portfolio::TimeInForce::Ioc;
    return base::badInput("--tif", word, "day, gtc or ioc");
}

std::string underlyingOf(const portfolio::OrderLeg& leg)
{
    const auto terms = market::parseOccSymbol(leg.symbol);
    return terms ? terms->root : leg.symbol;
}

} // namespace

base::Result<portfolio::OrderLeg> readLeg(std::string_view text)
{
    std::vector<std::string> words;
    std::istringstream stream{std::string(text)};
    for (std::string word; stream >> word;)
        words.push_back(word);
    const auto refuse = [&](std::string_view part, std::string_view value, std::string_view allowed) {
        return base::badInput(fmt::format("leg \"{}\": {}", text, part), value, allowed);
    };
    constexpr std::size_t fewest = 5; // three of the action, a quantity, a symbol
    if (words.size() < fewest)
        return base::badInput("leg", text, legForm);
    const auto action = std::ranges::find_if(actions, [&](const ActionWords& each) {
        return std::ranges::equal(each.words, std::span(words).first<3>(), {}, {},
                                  [](const std::string& word) { return lower(word); });
    });
    if (action == actions.end())
        return refuse("action", fmt::format("{} {} {}", words[0], words[1], words[2]),
                      "buy to open, buy to close, sell to open or sell to close");
    portfolio::OrderLeg leg;
    leg.action = action->action;
    const auto quantity = base::Quantity::parse(words[3]);
    if (!quantity || *quantity <= 0)
        return refuse("quantity", words[3], "a positive number of contracts or shares");
    leg.quantity = *quantity;
    auto symbol = symbolOf(std::span(words).subspan(4));
    if (!symbol) {
        symbol.error().field = fmt::format("leg \"{}\": {}", text, symbol.error().field);
        return tl::make_unexpected(symbol.error());
    }
    leg.symbol = std::move(*symbol);
    leg.type =
        market::parseOccSymbol(leg.symbol) ? market::InstrumentType::EquityOption : market::InstrumentType::Equity;
    return leg;
}

base::Result<portfolio::OrderIntent> readOrder(const OrderWords& words)
{
    constexpr std::size_t most = 4;
    if (words.legs.empty() || words.legs.size() > most)
        return base::badInput("legs", fmt::format("{}", words.legs.size()), "1 to 4");
    portfolio::OrderIntent intent;
    for (const std::string& text : words.legs) {
        const auto leg = readLeg(text);
        if (!leg)
            return tl::make_unexpected(leg.error());
        intent.legs.push_back(*leg);
    }
    intent.underlying = words.underlying.empty() ? underlyingOf(intent.legs.front()) : words.underlying;
    if (words.underlying.empty())
        for (const portfolio::OrderLeg& leg : intent.legs)
            if (underlyingOf(leg) != intent.underlying)
                return base::badInput("legs", underlyingOf(leg),
                                      "legs of one underlying; say --underlying where roots differ, as with SPXW");
    const auto timeInForce = timeInForceOf(words.timeInForce);
    if (!timeInForce)
        return tl::make_unexpected(timeInForce.error());
    intent.timeInForce = *timeInForce;
    if (!words.limit) {
        if (words.isDebit || words.isCredit)
            return base::badInput(words.isDebit ? "--debit" : "--credit", "given", "only with --limit");
        intent.type = portfolio::OrderType::Market;
        return intent;
    }
    const auto price = base::Decimal::fromDouble(*words.limit);
    constexpr double highest = 1e6;
    if (!price || !(*words.limit >= 0 && *words.limit <= highest))
        return base::badInput("--limit", fmt::format("{}", *words.limit), "dollars a unit, from 0 to 1000000");
    if (words.isDebit && words.isCredit)
        return base::badInput("--credit", "given", "either --debit or --credit");
    if (!words.isDebit && !words.isCredit && intent.legs.size() > 1)
        return base::badInput("--limit", fmt::format("{}", *words.limit),
                              "with --debit (we pay) or --credit (we receive) where there are several legs");
    const bool isPaid = words.isDebit || (!words.isCredit && portfolio::isBuy(intent.legs.front().action));
    intent.price = *price;
    intent.effect = isPaid ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit;
    return intent;
}

} // namespace vegadesk::cli
