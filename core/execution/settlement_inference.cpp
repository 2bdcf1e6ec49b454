#include "execution/settlement_inference.h"

#include "market/symbols.h"
#include "portfolio/fees.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::execution
{

namespace
{

/// The clearing house exercises what is in the money by this much.
constexpr double exerciseThreshold = 0.01;

double intrinsic(const market::OptionTerms& terms, double price)
{
    const double strike = terms.strike.toDouble();
    return std::max(0.0, terms.right == market::Right::Call ? price - strike : strike - price);
}

bool isExercised(const market::OptionTerms& terms, double price)
{
    return intrinsic(terms, price) >= exerciseThreshold - 1e-9;
}

base::Decimal toCents(double amount)
{
    return base::Decimal::fromDouble(amount)
        .value_or(base::Decimal{})
        .roundedTo(base::Decimal::fromUnits(base::Decimal::unitsPerOne / 100));
}

Settlement::Shares sharesOf(const EndedOption& option, const market::OptionTerms& terms)
{
    const bool isBought = (option.quantity > 0) == (terms.right == market::Right::Call);
    return {isBought ? portfolio::Action::BuyToOpen : portfolio::Action::SellToOpen,
            option.quantity.abs() * option.multiplier, terms.strike};
}

/// One price for each way the options can end: between neighbouring strikes, below all and above all.
std::vector<double> pricesToTry(const std::vector<market::OptionTerms>& terms, double price)
{
    std::vector<double> strikes;
    for (const market::OptionTerms& each : terms)
        strikes.push_back(each.strike.toDouble());
    std::ranges::sort(strikes);
    std::vector<double> tried = strikes; // at a strike neither its call nor its put is worth anything
    tried.push_back(strikes.front() - 1);
    tried.push_back(strikes.back() + 1);
    for (std::size_t i = 1; i < strikes.size(); ++i)
        tried.push_back(0.5 * (strikes[i - 1] + strikes[i]));
    std::ranges::sort(tried);
    if (std::isfinite(price)) {
        tried.push_back(price);
        std::ranges::stable_sort(tried, {}, [&](double each) { return std::abs(each - price); });
    }
    return tried;
}

} // namespace

std::vector<Settlement> inferredSettlements(const std::string& underlying, const std::vector<EndedOption>& options,
                                            base::Quantity shareChange, double price, base::Instant at)
{
    const bool isCash = portfolio::isBroadIndex(underlying);
    std::vector<market::OptionTerms> terms;
    for (const EndedOption& option : options) {
        const auto read = market::parseOccSymbol(option.symbol);
        if (!read)
            return {};
        terms.push_back(*read);
    }
    if (options.empty() || (isCash && (!std::isfinite(price) || shareChange != 0)))
        return {};

    const auto endedAt = [&](double settled) {
        std::vector<Settlement> ended;
        for (std::size_t i = 0; i < options.size(); ++i) {
            Settlement& one = ended.emplace_back();
            one.id = "inferred-" + options[i].symbol;
            one.symbol = options[i].symbol;
            one.underlying = underlying;
            one.contracts = options[i].quantity.abs();
            one.at = at;
            if (isCash)
                one.price = toCents(intrinsic(terms[i], settled));
            else if (isExercised(terms[i], settled))
                one.shares = sharesOf(options[i], terms[i]);
        }
        return ended;
    };
    if (isCash)
        return endedAt(price);
    for (const double settled : pricesToTry(terms, price)) {
        std::vector<Settlement> ended = endedAt(settled);
        base::Quantity shares = 0;
        for (const Settlement& one : ended) {
            if (one.shares)
                shares += portfolio::signedQuantity(one.shares->action, one.shares->quantity);
        }
        if (shares == shareChange)
            return ended;
    }
    return {};
}

} // namespace vegadesk::execution
