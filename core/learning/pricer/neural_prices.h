#pragma once

#include "learning/pricer/network_pricer.h"
#include "learning/pricer/neural_american_heston.h"
#include "pricing/american/cash_dividends.h"
#include "pricing/heston/heston.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace vegadesk::learning
{

/// One option's value by a network: Greeks in pricing's units, and what is promised of the price.
struct NeuralValue {
    pricing::Greeks greeks{};
    double bound = 0;    ///< in the price's units
    std::string network; ///< the teacher's id
};

/// Single options by the networks that come with the program, each opened when it is first asked.
///
/// Greeks   the network's slopes are its own (reverse mode), those of what it is told and of the closed form central differences in
///          double. Heston's vega is to the volatility now.
/// Errors   of all: as NetworkPricer::open(); BadInput naming the first input outside the network's box, its value and its range.
/// Threads  one at a time.
class NeuralPrices
{
public:
    explicit NeuralPrices(std::string folder = networksFolder()) : m_folder(std::move(folder)) {}

    /// European options: the network's are calls, puts are theirs by parity.
    base::Result<NeuralValue> blackScholes(pricing::Right right, const pricing::MarketPoint& market, double strike,
                                           double years, double vol);
    /// Likewise; a yield takes from the spot.
    base::Result<NeuralValue> heston(pricing::Right right, const pricing::MarketPoint& market, double strike,
                                     double years, const pricing::HestonParameters& parameters);
    /// Errors  also for more than one dividend before expiry.
    base::Result<NeuralValue> american(pricing::Right right, const pricing::MarketPoint& market,
                                       std::span<const pricing::CashDividend> dividends, double strike, double years,
                                       double vol);
    base::Result<NeuralValue> americanHeston(pricing::Right right, const pricing::MarketPoint& market, double strike,
                                             double years, const pricing::HestonParameters& parameters);

private:
    base::Result<std::shared_ptr<const NetworkPricer>> network(std::string_view teacher);

    std::string m_folder;
    std::map<std::string, std::shared_ptr<const NetworkPricer>, std::less<>> m_networks;
    std::shared_ptr<const NeuralAmericanHeston> m_americanHeston;
};

} // namespace vegadesk::learning
