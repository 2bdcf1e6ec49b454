#include "pricing/american/boundary_system.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pricing/american/boundary_system.cpp"
#include <hwy/foreach_target.h>

#include "pricing/american/elimination-inl.h"
#include "pricing/american/normal-inl.h"
#include "pricing/simd/dispatch.h"

HWY_BEFORE_NAMESPACE();
namespace vegadesk::pricing::HWY_NAMESPACE
{

using namespace american_detail;

constexpr std::size_t sourceTotal = nodeCount * sourceCount;
/// The integrals' points, and one row more for the European leg of each node.
constexpr std::size_t total = sourceTotal + nodeCount;
constexpr std::size_t padded = (total + 7) / 8 * 8; // whole vectors on every path

constexpr int mostSteps = 30;

using Points = std::array<double, padded>;

/// Newton's system at the nodes: unknown y, equation N = B D of value matching.
class System
{
public:
    System(Boundary& boundary, const Boundary* like, const Collocation& tables) : m_boundary(boundary), m_tables(tables)
    {
        prepare();
        if (like) {
            startFrom(*like);
        } else {
            start();
        }
    }

    void evaluate();
    bool factor() { return m_jacobian.factor(); }
    double step();
    bool isMonotone() const;
    void finish(RateGreek rate);

private:
    void prepare();
    void start();
    void startFrom(const Boundary& like);
    void place();
    void integrate();
    void assemble();

    Boundary& m_boundary;
    const Collocation& m_tables;
    // Per node. B is the boundary, h its fall, slope d h / d y; N and B D the two sides of the equation.
    alignas(64) Nodes m_y{}, m_h{}, m_slope{}, m_level{}, m_time{};
    alignas(64) Nodes m_lowSum{}, m_highSum{}, m_self{}, m_residual{}, m_scale{}, m_right{};
    // Per point: sqrt v, 1 / (vol sqrt v), vol sqrt v / 2, (r - q) sqrt v / vol, and e^-rv dv, e^-qv dv. The row of
    // European legs has v = time and dv = 1.
    alignas(64) Points m_root{}, m_inverse{}, m_half{}, m_drift{}, m_rateDecay{}, m_yieldDecay{};
    alignas(64) Points m_argument{}, m_gain{}, m_flow{}; // ln(B(t)/B(u)); twice d h(u) / d y(u)²; flow across B(u)
    alignas(64) Points m_lowCdf{}, m_lowDensity{}, m_highCdf{}, m_highDensity{}; // of d2 and d1
    alignas(64) std::array<Nodes, nodeCount> m_cross{};                          // [j][i]
    Elimination m_jacobian;
};

void System::prepare()
{
    const PutInputs& in = m_boundary.inputs;
    const double root = std::sqrt(m_boundary.horizon);
    alignas(64) Points weight{};
    m_root.fill(1);
    for (std::size_t i = 0; i < nodeCount; ++i) {
        const double z = root * m_tables.nodes[i];
        m_time[i] = z * z;
        for (std::size_t k = 0; k < sourceCount; ++k) {
            m_root[k * nodeCount + i] = z * m_tables.sources[k].sine;
            weight[k * nodeCount + i] = m_time[i] * m_tables.sources[k].weight;
        }
        m_root[sourceTotal + i] = z;
        weight[sourceTotal + i] = 1;
    }
    const Doubles d;
    const Lanes vol = set(in.vol), drift = set((in.rate - in.yield) / in.vol), one = set(1);
    for (std::size_t at = 0; at < padded; at += hn::Lanes(d)) {
        const Lanes z = hn::Load(d, &m_root[at]);
        const Lanes deviation = hn::Mul(vol, z);
        hn::Store(hn::Div(one, deviation), d, &m_inverse[at]);
        hn::Store(hn::Mul(set(0.5), deviation), d, &m_half[at]);
        hn::Store(hn::Mul(drift, z), d, &m_drift[at]);
        const Lanes time = hn::Mul(z, z);
        const Lanes share = hn::Load(d, &weight[at]);
        hn::Store(hn::Mul(share, exponential(hn::Mul(set(-in.rate), time))), d, &m_rateDecay[at]);
        hn::Store(hn::Mul(share, exponential(hn::Mul(set(-in.yield), time))), d, &m_yieldDecay[at]);
    }
}

/// The short-time law h ~ vol sqrt(t ln(...)), or its square-root law where exercise starts below the strike.
void System::start()
{
    const PutInputs& in = m_boundary.inputs;
    const double pull = std::max(in.rate, in.rate - in.yield);
    const double share = in.vol * in.vol / (25 * pull * pull);
    const Doubles d;
    for (std::size_t i = 0; i < paddedNodes; i += hn::Lanes(d)) {
        const Lanes time = hn::Max(hn::Load(d, &m_time[i]), set(1e-300));
        const Lanes deviation = hn::Mul(set(in.vol), hn::Sqrt(time));
        const Lanes multiple =
            in.rate >= in.yield
                ? hn::Sqrt(hn::Add(set(2), logarithm(hn::Add(set(1), hn::Div(set(share), time)))))
                : hn::MulAdd(set(1.3), exponential(hn::Div(set(m_boundary.logStart), deviation)), set(0.64));
        hn::Store(hn::Mul(multiple, hn::Div(deviation, set(m_boundary.limit))), d, &m_y[i]);
    }
}

/// h is nearly proportional to vol sqrt(time).
void System::startFrom(const Boundary& like)
{
    const double ratio = std::sqrt(m_boundary.horizon / like.horizon) * (m_boundary.inputs.vol / like.inputs.vol) *
                         (like.limit / m_boundary.limit);
    for (std::size_t i = 0; i < nodeCount; ++i)
        m_y[i] = ratio * std::sqrt(like.squares[i]);
}

/// Nodes and points of the boundary, from y.
void System::place()
{
    const Doubles d;
    const Lanes limit = set(m_boundary.limit), floor = set(1e-200);
    alignas(64) Nodes squares{};
    for (std::size_t i = 0; i < paddedNodes; i += hn::Lanes(d)) {
        const Lanes y = hn::Load(d, &m_y[i]);
        const Lanes slope = hn::Mul(limit, exponential(hn::Neg(y)));
        const Lanes h = hn::Sub(limit, slope);
        hn::Store(hn::Mul(y, y), d, &squares[i]);
        hn::Store(slope, d, &m_slope[i]);
        hn::Store(h, d, &m_h[i]);
        hn::Store(exponential(hn::Sub(set(m_boundary.logStart), h)), d, &m_level[i]);
    }
    for (std::size_t at = 0; at < sourceTotal; at += hn::Lanes(d)) {
        Lanes even = set(0), odd = set(0);
        for (std::size_t j = 0; j < nodeCount; j += 2) {
            even = hn::MulAdd(hn::Load(d, &m_tables.toSources[j][at]), set(squares[j]), even);
            odd = hn::MulAdd(hn::Load(d, &m_tables.toSources[j + 1][at]), set(squares[j + 1]), odd);
        }
        // A trial polynomial may dip below zero beside its root: the boundary has not moved there.
        const Lanes y = hn::Sqrt(hn::Max(hn::Add(even, odd), floor));
        const Lanes slope = hn::Mul(limit, exponential(hn::Neg(y)));
        hn::Store(hn::Sub(limit, slope), d, &m_argument[at]);
        hn::Store(hn::IfThenElseZero(hn::Gt(y, set(1e-99)), hn::Div(slope, y)), d, &m_gain[at]);
    }
    for (std::size_t k = 0; k < sourceCount; ++k) {
        for (std::size_t i = 0; i < nodeCount; ++i)
            m_argument[k * nodeCount + i] -= m_h[i];
    }
    for (std::size_t i = 0; i < nodeCount; ++i)
        m_argument[sourceTotal + i] = m_boundary.logStart - m_h[i];
    for (std::size_t at = 0; at < padded; at += hn::Lanes(d)) {
        const Lanes half = hn::Load(d, &m_half[at]);
        const Lanes middle =
            hn::MulAdd(hn::Load(d, &m_argument[at]), hn::Load(d, &m_inverse[at]), hn::Load(d, &m_drift[at]));
        const Normal low = normal(hn::Sub(middle, half));
        const Normal high = normal(hn::Add(middle, half));
        hn::Store(low.probability, d, &m_lowCdf[at]);
        hn::Store(low.density, d, &m_lowDensity[at]);
        hn::Store(high.probability, d, &m_highCdf[at]);
        hn::Store(high.density, d, &m_highDensity[at]);
    }
}

/// The integrals of each node, and how they move with each other node.
void System::integrate()
{
    const PutInputs& in = m_boundary.inputs;
    m_lowSum.fill(0);
    m_highSum.fill(0);
    m_self.fill(0);
    for (std::size_t k = 0; k < sourceCount; ++k) {
        for (std::size_t i = 0; i < nodeCount; ++i) {
            const std::size_t at = k * nodeCount + i;
            m_lowSum[i] += m_rateDecay[at] * m_lowCdf[at];
            m_highSum[i] += m_yieldDecay[at] * m_highCdf[at];
            const double flow = (in.rate * m_rateDecay[at] * m_lowDensity[at] -
                                 m_level[i] * in.yield * m_yieldDecay[at] * m_highDensity[at]) *
                                m_inverse[at];
            m_self[i] -= flow;
            m_flow[at] = flow * m_gain[at];
        }
    }
    // Two rows of points are whole vectors on every path: sums over pairs of rows, then over the pair.
    constexpr std::size_t pair = 2 * nodeCount;
    const Doubles d;
    const std::size_t lanes = hn::Lanes(d);
    for (std::size_t j = 0; j < nodeCount; ++j) {
        alignas(64) std::array<double, pair> sums{};
        for (std::size_t first = 0; first < pair; first += lanes) {
            Lanes sum = set(0);
            for (std::size_t at = first; at < sourceTotal; at += pair)
                sum = hn::MulAdd(hn::Load(d, &m_flow[at]), hn::Load(d, &m_tables.toSources[j][at]), sum);
            hn::Store(sum, d, &sums[first]);
        }
        for (std::size_t i = 0; i < nodeCount; ++i)
            m_cross[j][i] = sums[i] + sums[i + nodeCount];
    }
}

/// Residuals and Jacobian. The densities of the European leg drop out of every derivative, because
/// B e^-qt n(d1) = e^-rt n(d2).
void System::assemble()
{
    const PutInputs& in = m_boundary.inputs;
    alignas(64) Nodes quotient{}, own{};
    std::array<bool, nodeCount> isShort{};
    quotient.fill(1);
    for (std::size_t i = 0; i < nodeCount; ++i) {
        const std::size_t at = sourceTotal + i;
        const double low = m_rateDecay[at] * m_lowCdf[at];
        const double high = m_level[i] * m_yieldDecay[at] * m_highCdf[at];
        const double yieldPart = m_level[i] * in.yield * m_highSum[i];
        const double left = low + in.rate * m_lowSum[i];
        m_right[i] = high + yieldPart;
        const double call = high - low;
        const double carry = in.rate * m_lowSum[i] - yieldPart;
        const double d1 = m_argument[at] * m_inverse[at] + m_drift[at] + m_half[at];
        // While drift is small, "European call = carry earned" has both sides as small as exp(-h²), and their
        // logarithms are nearly quadratic in h. Later the call is worth its forward; the legs' own difference is
        // then the well-conditioned form.
        isShort[i] = m_boundary.logStart > -8 * m_half[at] && d1 < 1 && call > 1e-250 && carry > 1e-250;
        m_scale[i] = isShort[i] ? -1 / carry : 1 / left;
        quotient[i] = isShort[i] ? call / carry : 1.0;
        m_residual[i] = (left - m_right[i]) / left;
        own[i] = isShort[i] ? -high / call - (m_self[i] + yieldPart) / carry : (m_self[i] + m_right[i]) / left;
    }
    const Doubles d;
    for (std::size_t i = 0; i < paddedNodes; i += hn::Lanes(d))
        hn::Store(logarithm(hn::Load(d, &quotient[i])), d, &quotient[i]);
    for (std::size_t i = 0; i < nodeCount; ++i) {
        if (isShort[i])
            m_residual[i] = quotient[i];
        for (std::size_t j = 0; j < nodeCount; ++j)
            m_jacobian.rows[i][j] = m_cross[j][i] * m_y[j] * m_scale[i];
        m_jacobian.rows[i][i] += own[i] * m_slope[i];
        m_jacobian.rows[i][Elimination::spareColumn] = m_residual[i];
    }
}

void System::evaluate()
{
    place();
    integrate();
    assemble();
}

/// Moves y; returns the largest move of h as a share of the boundary's fall.
double System::step()
{
    for (std::size_t i = 0; i < nodeCount; ++i)
        m_residual[i] = m_jacobian.rows[i][Elimination::spareColumn];
    m_jacobian.substitute(m_residual);
    const double whole = std::min(m_boundary.limit, m_boundary.inputs.vol * std::sqrt(m_boundary.horizon));
    double largest = 0;
    for (std::size_t i = 0; i < nodeCount; ++i) {
        const double y = m_y[i];
        // Late nodes hardly move h with y: a bounded step keeps their noise out of the interpolation.
        const double moved = std::clamp(y - m_residual[i], std::max(0.3 * y, y - 1), std::min(4 * y, y + 1));
        // A step that was cut short is far from home, however little it moves h.
        const double change = moved == y - m_residual[i] ? std::abs(moved - y) * m_slope[i] : whole;
        largest = change <= largest ? largest : change; // a NaN stays
        m_y[i] = moved;
    }
    return largest / whole;
}

/// The boundary falls with the time left. The equations have roots that do not, far from any sensible start.
bool System::isMonotone() const
{
    return std::is_sorted(m_y.begin(), m_y.begin() + nodeCount);
}

/// Writes the nodes, with their sensitivities from the factors of the last step.
void System::finish(RateGreek rate)
{
    for (std::size_t i = 0; i < nodeCount; ++i)
        m_boundary.squares[i] = m_y[i] * m_y[i];
    if (rate == RateGreek::None)
        return;
    const PutInputs& in = m_boundary.inputs;
    const bool isRate = rate == RateGreek::Rate;
    const double limitByVol = m_boundary.limitByVol / m_boundary.limit;
    const double limitByRate = m_boundary.limitByRate / m_boundary.limit;
    Nodes byVol{}, byRate{};
    for (std::size_t k = 0; k < sourceCount; ++k) {
        for (std::size_t i = 0; i < nodeCount; ++i) {
            const std::size_t at = k * nodeCount + i;
            const double middle = m_argument[at] * m_inverse[at] + m_drift[at];
            const double low = in.rate * m_rateDecay[at] * m_lowDensity[at];
            const double high = m_level[i] * in.yield * m_yieldDecay[at] * m_highDensity[at];
            byVol[i] += (high * (middle - m_half[at]) - low * (middle + m_half[at])) / in.vol;
            const double stretch = (low - high) * m_inverse[at] * m_argument[at]; // both h grow with their limit
            byVol[i] += stretch * limitByVol;
            byRate[i] += stretch * limitByRate;
            const double drift = (low - high) * m_root[at] / in.vol;
            const double time = m_root[at] * m_root[at];
            byRate[i] += isRate ? (1 - in.rate * time) * m_rateDecay[at] * m_lowCdf[at] + drift
                                : -(1 - in.yield * time) * m_level[i] * m_yieldDecay[at] * m_highCdf[at] - drift;
        }
    }
    for (std::size_t i = 0; i < nodeCount; ++i) {
        const std::size_t at = sourceTotal + i;
        byVol[i] -= m_rateDecay[at] * m_lowDensity[at] * m_root[at];
        byVol[i] += m_right[i] * m_h[i] * limitByVol;
        byRate[i] += m_right[i] * (m_h[i] * limitByRate - m_boundary.logStartByRate);
        byRate[i] += isRate ? -m_time[i] * m_rateDecay[at] * m_lowCdf[at]
                            : m_time[i] * m_level[i] * m_yieldDecay[at] * m_highCdf[at];
        byVol[i] *= -m_scale[i];
        byRate[i] *= -m_scale[i];
    }
    m_jacobian.solve(byVol);
    m_jacobian.solve(byRate);
    for (std::size_t i = 0; i < nodeCount; ++i) {
        m_boundary.squaresByVol[i] = 2 * m_y[i] * byVol[i];
        m_boundary.squaresByRate[i] = 2 * m_y[i] * byRate[i];
    }
}

void solveOnPath(Boundary& boundary, RateGreek rate, const Boundary* like)
{
    // The step that meets the tolerance leaves about its square, and more where the boundary starts below the strike or
    // has come near its limit; sensitivities use the factors from before it.
    const bool isSlow = boundary.logStart < 0 || boundary.relaxation > 1;
    const double tolerance = rate != RateGreek::None ? 1e-6 : isSlow ? 1e-5 : 1e-4;
    System system(boundary, like, Collocation::tables());
    for (int count = 0; count < mostSteps && !boundary.isSolved; ++count) {
        system.evaluate();
        if (!system.factor())
            return;
        boundary.isSolved = system.step() < tolerance;
    }
    boundary.isSolved = boundary.isSolved && system.isMonotone();
    if (boundary.isSolved)
        system.finish(rate);
}

} // namespace vegadesk::pricing::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vegadesk::pricing::american_detail
{

void solveSystem(Boundary& boundary, RateGreek rate, const Boundary* like) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(solveOnPath);
    simd::chosen(paths)(boundary, rate, like);
}

} // namespace vegadesk::pricing::american_detail
#endif
