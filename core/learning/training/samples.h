#pragma once

#include "learning/teachers/teacher.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace vegadesk::learning
{

/// How samples are spread over a teacher's box.
enum class Spread : std::uint8_t {
    Even,  ///< Sobol's points, turned by a seeded offset in every dimension: to train on
    Random ///< independent: to measure errors on
};

/// Points of a teacher's box with their prices. Row i of `inputs` is as long as the teacher's inputs.
struct SampleSet {
    const Teacher* teacher = nullptr;
    std::vector<double> inputs; ///< row by row
    std::vector<double> prices; ///< over the strike
    std::vector<double> slopes; ///< of prices, by the teacher's slopeInputs(), row by row; NaN where they are not known
    std::size_t refused = 0;    ///< points that the teacher had no price for; they are not among the rows
    std::string hash;           ///< of all inputs, prices and slopes: 16 hexadecimal digits

    std::size_t size() const { return prices.size(); }
    Sample row(std::size_t index) const
    {
        const std::size_t width = teacher->inputs().size();
        return Sample(inputs).subspan(index * width, width);
    }
};

struct SampleRequest {
    const Teacher* teacher = nullptr;
    std::size_t count = 0; ///< taken up to whole families
    std::uint64_t seed = 1;
    Spread spread = Spread::Even;
    unsigned threads = 1;
    std::string folder; ///< where sets are kept, by what was asked for; empty: nowhere
};

/// Told how many are priced so far, from any of the threads, one at a time.
using OnSamples = std::function<void(std::size_t done)>;

/// The same request gives the same set, whatever the threads.
/// Errors  BadInput for a count of 0 or beyond 100 million; Cancelled; Storage where a kept set is damaged or cannot be written.
base::Result<SampleSet> makeSamples(const SampleRequest& request, const std::stop_token& stop = {},
                                    const OnSamples& progress = {});

} // namespace vegadesk::learning
