#pragma once

#include "base/error.h"
#include "learning/pricer/networks_folder.h"
#include "pricing/heston/heston.h"

#include <memory>
#include <span>
#include <string>

namespace vegadesk::learning
{

/// Where a strip writes. Each column is empty (not wanted) or as long as the strikes; columns do not overlap. Units as
/// pricing::HestonView's.
struct NeuralHestonView {
    std::span<double> price, delta, gamma, theta, rho;
    std::span<double> byV0, byKappa, byTheta, bySigma, byRho;
    std::span<double>
        bound; ///< what is promised of each price, in its units: held-out errors of its region, and half of them again
};

/// American options under Heston by two networks, one a side: the European value by Fourier, and what the network says that exercise on
/// any day is worth beyond it, never less than nothing and never less than exercise now.
///
/// Threads  immutable: any thread may use it.
/// Source   finite differences (pricing::AmericanHestonSolution) taught it; docs/learning.md says how well.
class NeuralAmericanHeston
{
public:
    /// Errors  as TrainedModel::open(), naming the file.
    static base::Result<std::shared_ptr<const NeuralAmericanHeston>> open(const std::string& folder = networksFolder());
    ~NeuralAmericanHeston();

    /// Options that share one expiry and side. Where exercise never pays (pricing::exerciseNeverPays()) no network is asked: the price is the
    /// European one, and its bound 0. A lane outside the box that the networks were trained in is NaN in every column: its
    /// caller takes pricing::americanHestonStrip() and says so. So is a strike that is not finite and positive.
    void strip(pricing::Right right, const pricing::MarketPoint& market, double years,
               const pricing::HestonParameters& parameters, std::span<const double> strikes,
               const NeuralHestonView& out) const noexcept;

    /// Errors  BadInput naming the first input outside the box, its value and its range.
    base::Result<void> checkBox(pricing::Right right, const pricing::MarketPoint& market, double strike, double years,
                                const pricing::HestonParameters& parameters) const;

private:
    struct Parts;
    explicit NeuralAmericanHeston(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace vegadesk::learning
