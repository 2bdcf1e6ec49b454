#include "pricing/reference/model.h"

#include <algorithm>
#include <array>

namespace vegadesk::pricing::reference
{

namespace
{

struct Contract {
    Right right;
    MarketPoint market;
    double strike, years;
};

HestonParameters hestonOf(const base::Parameters& p)
{
    return {p["v0"], p["kappa"], p["theta"], p["sigma"], p["rho"]};
}

JumpParameters jumpsOf(const base::Parameters& p)
{
    return {p["jump_intensity"], p["jump_mean"], p["jump_deviation"]};
}

base::Result<Greeks> priceBlackScholes(const base::Parameters& p, const Contract& of)
{
    return reference::blackScholes(of.right, of.market, of.strike, of.years, p["volatility"]);
}

base::Result<Greeks> priceAmerican(const base::Parameters& p, const Contract& of)
{
    return reference::american(of.right, of.market, of.strike, of.years, p["volatility"]);
}

base::Result<Greeks> priceMerton(const base::Parameters& p, const Contract& of)
{
    return reference::merton(of.right, of.market, of.strike, of.years, p["volatility"], jumpsOf(p));
}

base::Result<Greeks> priceHeston(const base::Parameters& p, const Contract& of)
{
    return reference::heston(of.right, of.market, of.strike, of.years, hestonOf(p)).map(&HestonValue::greeks);
}

base::Result<Greeks> priceAmericanHeston(const base::Parameters& p, const Contract& of)
{
    return reference::americanHeston(of.right, of.market, of.strike, of.years, hestonOf(p));
}

base::Result<Greeks> priceBates(const base::Parameters& p, const Contract& of)
{
    return reference::bates(of.right, of.market, of.strike, of.years, hestonOf(p), jumpsOf(p));
}

struct Entry {
    std::string_view id;
    base::Result<Greeks> (*price)(const base::Parameters&, const Contract&);
};

constexpr std::array entries{Entry{"black_scholes", priceBlackScholes},
                             Entry{"american", priceAmerican},
                             Entry{"merton", priceMerton},
                             Entry{"heston", priceHeston},
                             Entry{"american_heston", priceAmericanHeston},
                             Entry{"bates", priceBates}};

} // namespace

base::Result<Greeks> priceModel(std::string_view id, const base::Parameters& parameters, Right right,
                                const MarketPoint& market, double strike, double years)
{
    const auto entry = std::ranges::find(entries, id, &Entry::id);
    if (entry == entries.end())
        return base::fail(base::ErrorKind::NotFound, "model", id, "not one that QuantLib is asked for here");
    return entry->price(parameters, {right, market, strike, years});
}

} // namespace vegadesk::pricing::reference
