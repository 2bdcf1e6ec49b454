#include "learning/pricer/network_greeks.h"

#include <array>
#include <cmath>
#include <vector>

namespace vegadesk::learning
{

namespace
{

/// What is known of a point in closed form.
struct Closed {
    std::vector<double> features;
    PriceForm form;
};

class Differences
{
public:
    Differences(const NetworkPricer& pricer, const SampleAt& sampleAt, const GreekPoint& point)
        : m_pricer(pricer), m_sampleAt(sampleAt), m_point(point), m_middle(at(point))
    {
        const std::size_t count = m_middle.features.size();
        std::vector<double> slopes(count);
        std::vector<std::span<const double>> columns;
        std::vector<std::span<double>> gradient;
        for (std::size_t k = 0; k < count; ++k) {
            columns.push_back(std::span<const double>(m_middle.features).subspan(k, 1));
            gradient.push_back(std::span<double>(slopes).subspan(k, 1));
        }
        const Move spot = move(&GreekPoint::spot, 1e-4 * point.spot);
        std::vector<double> direction(count);
        for (std::size_t k = 0; k < count; ++k)
            direction[k] = slope(spot, k);
        double second = 0;
        pricer.network().differentiate(columns, direction, {{&m_said, 1}, gradient, {&second, 1}});
        m_slopes = std::move(slopes);
        m_greeks.price = m_middle.form.price(m_said);
        m_greeks.delta = slopeOf(spot);
        // Curvature: of the closed form, of what the network says along the spot's way, and of that way.
        double curve = second;
        for (std::size_t k = 0; k < count; ++k)
            curve += m_slopes[k] * (spot.above.features[k] - 2 * m_middle.features[k] + spot.below.features[k]) /
                     (spot.step * spot.step);
        const auto bend = [&](double PriceForm::* part) {
            return (spot.above.form.*part - 2 * m_middle.form.*part + spot.below.form.*part) / (spot.step * spot.step);
        };
        const double weightSlope = (spot.above.form.weight - spot.below.form.weight) / (2 * spot.step);
        m_greeks.gamma = bend(&PriceForm::baseline) + m_said * bend(&PriceForm::weight) +
                         2 * weightSlope * saidSlope(spot) + m_middle.form.weight * curve;
        m_greeks.theta = -slopeOf(move(&GreekPoint::years, 1e-4 * point.years));
        m_greeks.rho = slopeOf(move(&GreekPoint::rate, 1e-5));
        m_greeks.vega = slopeOf(move(&GreekPoint::vol, 1e-4 * point.vol));
    }

    const pricing::Greeks& greeks() const { return m_greeks; }
    bool isHeldUp() const { return m_greeks.price <= m_middle.form.least; }

private:
    struct Move {
        Closed below, above;
        double step;
    };

    Closed at(const GreekPoint& point) const
    {
        const Teacher& teacher = m_pricer.teacher();
        std::vector<double> sample(teacher.inputs().size());
        m_sampleAt(point, sample);
        Closed out{std::vector<double>(teacher.featureCount()), teacher.form(sample)};
        teacher.features(sample, out.features);
        return out;
    }
    Move move(double GreekPoint::* input, double step) const
    {
        GreekPoint below = m_point, above = m_point;
        below.*input -= step;
        above.*input += step;
        return {at(below), at(above), step};
    }
    static double slope(const Move& move, std::size_t feature)
    {
        return (move.above.features[feature] - move.below.features[feature]) / (2 * move.step);
    }
    double saidSlope(const Move& move) const
    {
        double out = 0;
        for (std::size_t k = 0; k < m_slopes.size(); ++k)
            out += m_slopes[k] * slope(move, k);
        return out;
    }
    double slopeOf(const Move& move) const
    {
        return (move.above.form.baseline - move.below.form.baseline +
                m_said * (move.above.form.weight - move.below.form.weight)) /
                   (2 * move.step) +
               m_middle.form.weight * saidSlope(move);
    }

    const NetworkPricer& m_pricer;
    const SampleAt& m_sampleAt;
    const GreekPoint& m_point;
    Closed m_middle;
    std::vector<double> m_slopes;
    double m_said = 0;
    pricing::Greeks m_greeks;
};

} // namespace

pricing::Greeks networkGreeks(const NetworkPricer& pricer, const SampleAt& sampleAt, const GreekPoint& point)
{
    std::vector<double> sample(pricer.teacher().inputs().size());
    sampleAt(point, sample);
    if (!pricer.isInBox(sample))
        return {};
    const Differences differences(pricer, sampleAt, point);
    if (!differences.isHeldUp())
        return differences.greeks();
    // Exercised, or worth nothing: the spot alone counts.
    const double price = differences.greeks().price;
    return {price, price > 0 ? (point.spot > 1 ? 1.0 : -1.0) : 0.0, 0, 0, 0, 0};
}

} // namespace vegadesk::learning
