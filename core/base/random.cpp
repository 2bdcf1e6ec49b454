#include "base/random.h"

#include <cmath>

namespace vegadesk::base
{

std::int64_t Generator::integer(std::int64_t low, std::int64_t high)
{
    const auto count = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
    if (count == 0)
        return static_cast<std::int64_t>(m_engine());
    const std::uint64_t fair = (~std::uint64_t{0} / count) * count; // reject the tail that would bias
    std::uint64_t draw = m_engine();
    while (draw >= fair)
        draw = m_engine();
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + draw % count);
}

double Generator::normal()
{
    if (m_hasSpare) {
        m_hasSpare = false;
        return m_spare;
    }
    double u = 0;
    double v = 0;
    double s = 0;
    do {
        u = uniform(-1, 1);
        v = uniform(-1, 1);
        s = u * u + v * v;
    } while (s >= 1 || s == 0);
    const double factor = std::sqrt(-2 * std::log(s) / s);
    m_spare = v * factor;
    m_hasSpare = true;
    return u * factor;
}

} // namespace vegadesk::base
