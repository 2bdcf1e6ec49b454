#pragma once

#include "base/error.h"
#include "pricing/black_scholes.h"

#include <memory>

namespace vegadesk::pricing::reference
{

/// QuantLib's own settings of its fixed-point engine, fastest first.
enum class QdFpScheme { Fast, Accurate, HighPrecision };

/// An American option with QuantLib's QdFpAmericanEngine behind quotes and observers, as its users hold one. Years
/// must be a whole number of days: QuantLib counts time in dates. One thread at a time: it has no lock of its own.
class QdFpOption
{
public:
    static base::Result<QdFpOption> make(Right right, const MarketPoint& market, double strike, int days, double vol,
                                         QdFpScheme scheme);
    QdFpOption(QdFpOption&&) noexcept;
    QdFpOption& operator=(QdFpOption&&) = delete;
    ~QdFpOption();

    /// Moves the spot and reprices.
    base::Result<double> price(double spot);

private:
    struct Parts;
    explicit QdFpOption(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace vegadesk::pricing::reference
