#include "learning/network_kernel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "learning/network_kernel.cpp"
#include <hwy/foreach_target.h>

#include "learning/multiply-inl.h"
#include "pricing/simd/dispatch.h"

HWY_BEFORE_NAMESPACE();
namespace vegadesk::learning::HWY_NAMESPACE
{

/// Rows that go through all layers together. More would read the weights less often but leave the first cache.
constexpr std::size_t mostTileRows = 48;
constexpr std::size_t valueFloats = 2 * 20'480; // one layer's rows and the next one's: mostTileRows of 400 floats
constexpr std::size_t derivativeFloats = 65'536;
static_assert(2 * Network::widestLayer <= valueFloats);
static_assert((4 + 2 * Network::mostHiddenLayers) * Network::widestLayer <= derivativeFloats);

/// Rows of a tile: whole blocks of the multiplication where there is room for one.
constexpr std::size_t tileRows(std::size_t floats, std::size_t perRow, std::size_t most)
{
    const std::size_t rows = std::min(floats / perRow, most);
    return rows < mostRows ? rows : rows / mostRows * mostRows;
}

/// Scaled inputs of rows from `begin` on. `poison` becomes 0, or NaN for a row with an input that is not finite: not every
/// activation hands a NaN on.
void loadInputs(const PackedLayers& network, InputColumns columns, std::size_t begin, std::size_t rows, const Rows& to,
                float* poison)
{
    std::fill_n(poison, rows, 0.0F);
    for (std::size_t input = 0; input < columns.size(); ++input) {
        const Scaling scaling = network.inputs[input];
        const bool isShared = columns[input].size() == 1;
        const double* const values = columns[input].data() + (isShared ? 0 : begin);
        for (std::size_t row = 0; row < rows; ++row) {
            const auto x = static_cast<float>((values[isShared ? 0 : row] - scaling.shift) * scaling.scale);
            to.at(row)[input] = x;
            poison[row] += x * 0.0F;
        }
    }
}

double finiteOrUnknown(double value)
{
    return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
}

double scaledOutput(const PackedLayers& network, const float* row, float poison)
{
    const float y = dot(row, network.last.front().values.data(), network.last.size() * panelWidth);
    const double sum = static_cast<double>(y) + network.lastBias;
    return finiteOrUnknown(network.output.shift + network.output.scale * sum + static_cast<double>(poison));
}

template<class Function>
struct Activate {
    Rows rows;

    HWY_INLINE void operator()(std::size_t row, std::size_t rowCount, std::size_t column, std::size_t columns) const
    {
        const Floats f;
        for (std::size_t r = row; r < row + rowCount; ++r) {
            float* const from = rows.at(r) + column;
            for (std::size_t i = 0; i < columns; i += hn::MaxLanes(Floats()))
                hn::Store(Function::value(hn::Load(f, from + i)), f, from + i);
        }
    }
};

template<class Function>
void evaluateWith(const PackedLayers& network, InputColumns columns, std::span<double> values)
{
    HWY_ALIGN float room[valueFloats];
    float poison[mostTileRows];
    const std::size_t stride = network.rowFloats;
    const std::size_t most = tileRows(valueFloats, 2 * stride, mostTileRows);
    for (std::size_t begin = 0; begin < values.size(); begin += most) {
        const std::size_t rows = std::min(most, values.size() - begin);
        Rows now{room, stride}, next{room + most * stride, stride};
        loadInputs(network, columns, begin, rows, now, poison);
        for (const PackedMatrix& layer : network.forward) {
            multiply(layer, rows, now, next, true, Activate<Function>{next});
            std::swap(now, next);
        }
        for (std::size_t row = 0; row < rows; ++row)
            values[begin + row] = scaledOutput(network, now.at(row), poison[row]);
    }
}

/// Of a layer's rows z and dz/dt: activations and their tangents in place, f'(z) and f''(z) (dz/dt)² aside.
template<class Function>
struct ActivateTangent {
    Rows values, tangents, slopes, bends;

    HWY_INLINE void operator()(std::size_t row, std::size_t rowCount, std::size_t column, std::size_t columns) const
    {
        const Floats f;
        for (std::size_t r = row; r < row + rowCount; ++r) {
            for (std::size_t i = column; i < column + columns; i += hn::MaxLanes(Floats())) {
                const Lanes tangent = hn::Load(f, tangents.at(r) + i);
                const Curve at = Function::curve(hn::Load(f, values.at(r) + i));
                hn::Store(at.value, f, values.at(r) + i);
                hn::Store(hn::Mul(at.slope, tangent), f, tangents.at(r) + i);
                hn::Store(at.slope, f, slopes.at(r) + i);
                hn::Store(hn::Mul(hn::Mul(at.bend, tangent), tangent), f, bends.at(r) + i);
            }
        }
    }
};

struct Nothing {
    HWY_INLINE void operator()(std::size_t, std::size_t, std::size_t, std::size_t) const {}
};

HWY_INLINE void multiplyRow(const float* a, const float* b, std::size_t count, float* out)
{
    const Floats f;
    for (std::size_t i = 0; i < count; i += hn::MaxLanes(Floats()))
        hn::Store(hn::Mul(hn::Load(f, a + i), hn::Load(f, b + i)), f, out + i);
}

/// One tile's passes, forward and back, in room of the caller.
template<class Function>
class Tile
{
public:
    Tile(const PackedLayers& network, float* room, std::size_t most)
        : m_network(network), m_stride(network.rowFloats), m_most(most), m_values(part(room, 0)),
          m_nextValues(part(room, 1)), m_tangents(part(room, 2)), m_nextTangents(part(room, 3))
    {
        for (std::size_t layer = 0; layer < network.forward.size(); ++layer) {
            m_slopes[layer] = part(room, 4 + 2 * layer);
            m_bends[layer] = part(room, 5 + 2 * layer);
        }
    }

    static std::size_t floatsPerRow(const PackedLayers& network)
    {
        return (4 + 2 * network.forward.size()) * network.rowFloats;
    }

    void run(InputColumns columns, std::span<const double> direction, std::size_t begin, std::size_t rows,
             const Derivatives& out)
    {
        loadInputs(m_network, columns, begin, rows, m_values, m_poison);
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t i = 0; i < direction.size(); ++i)
                m_tangents.at(row)[i] = static_cast<float>(direction[i] * m_network.inputs[i].scale);
        }
        forward(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            const double value = scaledOutput(m_network, m_values.at(row), m_poison[row]);
            m_poison[row] =
                std::isnan(value) ? static_cast<float>(value) : 0.0F; // derivatives are then not known either
            if (!out.value.empty())
                out.value[begin + row] = value;
        }
        back(rows);
        writeGradient(begin, rows, out);
        for (std::size_t row = 0; row < rows && !out.second.empty(); ++row)
            out.second[begin + row] = scaled(row, m_second[row], 1);
    }

private:
    Rows part(float* room, std::size_t number) const { return {room + number * m_most * m_stride, m_stride}; }

    double scaled(std::size_t row, float value, double scale) const
    {
        return finiteOrUnknown(m_network.output.scale * scale * static_cast<double>(value) +
                               static_cast<double>(m_poison[row]));
    }

    void forward(std::size_t rows)
    {
        for (std::size_t layer = 0; layer < m_network.forward.size(); ++layer) {
            const PackedMatrix& matrix = m_network.forward[layer];
            multiply(matrix, rows, m_values, m_nextValues, true, Nothing{});
            multiply(matrix, rows, m_tangents, m_nextTangents, false,
                     ActivateTangent<Function>{m_nextValues, m_nextTangents, m_slopes[layer], m_bends[layer]});
            std::swap(m_values, m_nextValues);
            std::swap(m_tangents, m_nextTangents);
        }
    }

    /// Leaves the slopes by the scaled inputs in m_values.
    void back(std::size_t rows)
    {
        const std::size_t layers = m_network.forward.size();
        const float* const last = m_network.last.front().values.data();
        const std::size_t lastFloats = m_network.last.size() * panelWidth;
        for (std::size_t row = 0; row < rows; ++row) {
            m_second[row] = dot(last, m_bends[layers - 1].at(row), lastFloats);
            multiplyRow(last, m_slopes[layers - 1].at(row), lastFloats, m_values.at(row));
        }
        for (std::size_t layer = layers - 1;; --layer) {
            const PackedMatrix& matrix = m_network.backward[layer];
            multiply(matrix, rows, m_values, m_nextValues, false, Nothing{});
            std::swap(m_values, m_nextValues);
            if (layer == 0)
                return;
            const std::size_t floats = matrix.panels * panelWidth;
            for (std::size_t row = 0; row < rows; ++row) {
                m_second[row] += dot(m_values.at(row), m_bends[layer - 1].at(row), floats);
                multiplyRow(m_values.at(row), m_slopes[layer - 1].at(row), floats, m_values.at(row));
            }
        }
    }

    void writeGradient(std::size_t begin, std::size_t rows, const Derivatives& out) const
    {
        for (std::size_t input = 0; input < out.gradient.size(); ++input) {
            const std::span<double> column = out.gradient[input];
            for (std::size_t row = 0; row < rows && !column.empty(); ++row)
                column[begin + row] = scaled(row, m_values.at(row)[input], m_network.inputs[input].scale);
        }
    }

    const PackedLayers& m_network;
    std::size_t m_stride, m_most;
    Rows m_values, m_nextValues, m_tangents, m_nextTangents;
    Rows m_slopes[Network::mostHiddenLayers], m_bends[Network::mostHiddenLayers];
    float m_poison[mostTileRows], m_second[mostTileRows];
};

template<class Function>
void differentiateWith(const PackedLayers& network, InputColumns columns, std::span<const double> direction,
                       std::size_t rows, const Derivatives& out)
{
    HWY_ALIGN float room[derivativeFloats];
    const std::size_t most = tileRows(derivativeFloats, Tile<Function>::floatsPerRow(network), mostTileRows / 2);
    Tile<Function> tile(network, room, most);
    for (std::size_t begin = 0; begin < rows; begin += most)
        tile.run(columns, direction, begin, std::min(most, rows - begin), out);
}

void evaluate(const PackedLayers& network, InputColumns columns, std::span<double> values)
{
    switch (network.activation) {
    case Activation::Relu:
        return evaluateWith<Relu>(network, columns, values);
    case Activation::Silu:
        return evaluateWith<Silu>(network, columns, values);
    case Activation::Softplus:
        return evaluateWith<Softplus>(network, columns, values);
    }
}

void differentiate(const PackedLayers& network, InputColumns columns, std::span<const double> direction,
                   std::size_t rows, const Derivatives& out)
{
    switch (network.activation) {
    case Activation::Relu:
        return differentiateWith<Relu>(network, columns, direction, rows, out);
    case Activation::Silu:
        return differentiateWith<Silu>(network, columns, direction, rows, out);
    case Activation::Softplus:
        return differentiateWith<Softplus>(network, columns, direction, rows, out);
    }
}

} // namespace vegadesk::learning::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vegadesk::learning
{

void evaluate(const PackedLayers& network, InputColumns columns, std::span<double> values) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(evaluate);
    pricing::simd::chosen(paths)(network, columns, values);
}

void differentiate(const PackedLayers& network, InputColumns columns, std::span<const double> direction,
                   std::size_t rows, const Derivatives& out) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(differentiate);
    pricing::simd::chosen(paths)(network, columns, direction, rows, out);
}

} // namespace vegadesk::learning
#endif
