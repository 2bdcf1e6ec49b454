#pragma once

#include "base/error.h"
#include "base/random.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What a net learns: a pricer, the box of inputs that it is asked within, and what the net sees and says of them.
namespace vegadesk::learning
{

/// One input of a sample and the range that nets are trained on, both ends included.
struct InputRange {
    std::string name; ///< "years"
    std::string unit; ///< "" for a ratio
    double low = 0, high = 0;
    std::string about;          ///< one sentence
    bool isLogarithmic = false; ///< samples are spread evenly over its logarithm; low is then positive
};

/// A sample's inputs in the order of Teacher::inputs().
using Sample = std::span<const double>;

/// From what a net says to a price over strike. The baseline is a fast price, so that the net learns what is left.
struct PriceForm {
    double baseline = 0, weight = 1;
    /// What no arbitrage lets no price be below and above: of all samples of a teacher, or of none.
    double least = -std::numeric_limits<double>::infinity(), most = std::numeric_limits<double>::infinity();

    double price(double said) const { return std::min(std::max(baseline + weight * said, least), most); } // NaN stays
};

/// A slow and exact pricer with a form for a fast net.
///
/// Form    price over strike = form(sample).price(what the net says of features(sample)). A net that says 0 gives the baseline.
/// Family  samples whose prices come of one solution: a solver on a grid has many. The first member is drawn from the box, the others by
///         family().
/// Threads immutable: any thread may use it.
class Teacher
{
public:
    virtual ~Teacher() = default;

    virtual std::string_view id() const = 0;    ///< "heston"
    virtual std::string_view about() const = 0; ///< one sentence: side, exercise, and what the baseline is
    /// Part of every data set's hash: raise it when samples of the same box would get other labels or features.
    virtual int version() const = 0;
    virtual std::span<const InputRange> inputs() const = 0;
    virtual std::size_t featureCount() const = 0;

    /// What the net is told of a sample within the box: numbers of moderate size.
    virtual void features(Sample sample, std::span<double> out) const noexcept = 0;
    virtual PriceForm form(Sample sample) const noexcept = 0;
    /// Price over strike; NaN where it cannot be had.
    virtual double price(Sample sample) const noexcept = 0;

    /// What an error counts in training: errors of what the net says are multiplied by weight(sample), or all count alike.
    virtual bool weighsErrors() const { return false; }
    virtual std::size_t familySize() const { return 1; }
    /// Inputs, by index, by which family() gives the price's slopes: differential labels.
    virtual std::span<const std::size_t> slopeInputs() const { return {}; }
    /// Fills in a family from its first member, row by row.
    /// Shapes  rows: familySize() samples; prices: as many; slopes: as many rows of slopeInputs(). A slope is NaN where it cannot be had.
    virtual void family(std::span<double> rows, base::Generator& chance, std::span<double> prices,
                        std::span<double> slopes) const;
};

std::span<const std::unique_ptr<const Teacher>> teachers();
/// Errors  BadInput with the ids there are.
base::Result<const Teacher*> findTeacher(std::string_view id);

/// Errors  BadInput naming the first input outside the box, its value and its range.
base::Result<void> checkBox(const Teacher& teacher, Sample sample);

} // namespace vegadesk::learning
