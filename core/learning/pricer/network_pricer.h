#pragma once

#include "learning/packed_network.h"
#include "learning/pricer/networks_folder.h"
#include "learning/training/recipe.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace vegadesk::learning
{

/// A trained network as a pricer of what its teacher prices.
///
/// Threads  immutable: any thread may use it.
class NetworkPricer
{
public:
    /// Errors  as TrainedModel::open(), naming the file, and BadInput for a file of another teacher's.
    static base::Result<std::shared_ptr<const NetworkPricer>> open(std::string_view teacher,
                                                                   const std::string& folder = networksFolder());

    const Teacher& teacher() const { return *m_teacher; }
    const Recipe& recipe() const { return m_recipe; }
    const PackedNetwork& network() const { return m_network; }

    /// Prices over the strike, and what is promised of each: the worst error of held-out samples of its region, and half of it again.
    /// Shapes  samples row by row in the teacher's order, one a price; bounds empty (not wanted) or as long as prices.
    /// Errors  NaN for a sample outside the box, its neighbours are not touched by it. No allocation.
    void price(std::span<const double> samples, std::span<double> prices, std::span<double> bounds) const noexcept;

    /// Of a sample's first two inputs; NaN outside the box's.
    double boundAt(Sample sample) const { return learning::boundAt(m_recipe.errors, sample[0], sample[1]); }
    /// Whether every input is in its range.
    bool isInBox(Sample sample) const noexcept;

private:
    NetworkPricer(PackedNetwork network, Recipe recipe, const Teacher* teacher)
        : m_network(std::move(network)), m_recipe(std::move(recipe)), m_teacher(teacher)
    {
    }

    PackedNetwork m_network;
    Recipe m_recipe;
    const Teacher* m_teacher;
};

} // namespace vegadesk::learning
