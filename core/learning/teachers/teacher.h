#pragma once

#include "base/error.h"

#include <cstddef>
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
    std::string about; ///< one sentence
};

/// A sample's inputs in the order of Teacher::inputs().
using Sample = std::span<const double>;

/// A slow and exact pricer with a form for a fast net.
///
/// Form    price over strike = baseline(sample) + weight(sample) × (what the net says of features(sample)). The baseline is a closed
///         form, so that the net learns what is left; a net that says 0 gives the baseline.
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
    virtual double baseline(Sample sample) const noexcept = 0;
    virtual double weight(Sample sample) const noexcept = 0;
    /// Price over strike, to 1e-9 or better; NaN where it cannot be had.
    virtual double price(Sample sample) const noexcept = 0;
};

std::span<const std::unique_ptr<const Teacher>> teachers();
/// Errors  BadInput with the ids there are.
base::Result<const Teacher*> findTeacher(std::string_view id);

/// Errors  BadInput naming the first input outside the box, its value and its range.
base::Result<void> checkBox(const Teacher& teacher, Sample sample);

} // namespace vegadesk::learning
