// Included once a target by hwy/foreach_target.h: the guard toggles.
#if defined(VEGADESK_LEARNING_MULTIPLY_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef VEGADESK_LEARNING_MULTIPLY_INL_H
#undef VEGADESK_LEARNING_MULTIPLY_INL_H
#else
#define VEGADESK_LEARNING_MULTIPLY_INL_H
#endif

#include "learning/activation-inl.h"

#include <algorithm>
#include <array>
#include <cstddef>

HWY_BEFORE_NAMESPACE();

/// Rows of floats times a packed matrix. Outputs are in lanes, and a row's are summed in the order of the inputs however
/// many rows and panels are taken at once: that is what makes a batch of one give the bits of a batch of many.
namespace vegadesk::learning::HWY_NAMESPACE
{

/// Rows and panels at once are as many as keep their sums, one vector of weights a panel and one input in registers: 32 of
/// them with AVX-512, 16 else.
constexpr std::size_t panelVectors = panelWidth / hn::MaxLanes(Floats());
constexpr std::size_t mostRows = panelVectors > 2 ? 3 : 6;
constexpr std::size_t mostPanels = 4;

/// Where there are few rows, more panels: a sum must wait for the one before it, so there must be several.
constexpr std::size_t panelsFor(std::size_t rows)
{
    constexpr std::size_t registers = panelVectors == 1 ? 24 : 12;
    const std::size_t panels = registers / (std::min(rows, mostRows) * panelVectors);
    return std::clamp<std::size_t>(panels, 1, mostPanels);
}

/// Rows that follow each other `stride` floats apart.
struct Rows {
    float* first = nullptr;
    std::size_t stride = 0;

    HWY_INLINE float* at(std::size_t row) const { return first + row * stride; }
};

template<std::size_t rows, std::size_t panels>
void multiplyBlock(const PackedMatrix& matrix, std::size_t panel, const float* in, float* out, std::size_t stride,
                   bool hasBias)
{
    const Floats f;
    constexpr std::size_t lanes = hn::MaxLanes(Floats());
    constexpr std::size_t vectors = panels * panelVectors;
    const std::size_t panelFloats = matrix.inputs * panelWidth;
    const float* const weights = matrix.weights[panel * matrix.inputs].values.data();
    Lanes sums[rows][vectors];
    for (std::size_t v = 0; v < vectors; ++v) {
        const Lanes start =
            !hasBias ? hn::Zero(f)
                     : hn::Load(f, matrix.bias[panel + v / panelVectors].values.data() + v % panelVectors * lanes);
        for (std::size_t row = 0; row < rows; ++row)
            sums[row][v] = start;
    }
    for (std::size_t input = 0; input < matrix.inputs; ++input) {
        Lanes weight[vectors];
        for (std::size_t v = 0; v < vectors; ++v)
            weight[v] =
                hn::Load(f, weights + v / panelVectors * panelFloats + input * panelWidth + v % panelVectors * lanes);
        for (std::size_t row = 0; row < rows; ++row) {
            const Lanes x = hn::Set(f, in[row * stride + input]);
            for (std::size_t v = 0; v < vectors; ++v)
                sums[row][v] = hn::MulAdd(x, weight[v], sums[row][v]);
        }
    }
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t v = 0; v < vectors; ++v)
            hn::Store(sums[row][v], f, out + row * stride + v * lanes);
    }
}

using BlockFunction = void (*)(const PackedMatrix&, std::size_t, const float*, float*, std::size_t, bool);

template<std::size_t rows>
constexpr std::array<BlockFunction, mostPanels> blocksOf()
{
    // Never more panels than panelsFor() gives.
    constexpr std::size_t most = panelsFor(rows);
    return {&multiplyBlock<rows, 1>, &multiplyBlock<rows, std::min<std::size_t>(2, most)>,
            &multiplyBlock<rows, std::min<std::size_t>(3, most)>, &multiplyBlock<rows, most>};
}

HWY_INLINE BlockFunction blockFor(std::size_t rows, std::size_t panels)
{
    static constexpr std::array<std::array<BlockFunction, mostPanels>, 6> blocks{
        blocksOf<1>(),
        blocksOf<2>(),
        blocksOf<3>(),
        blocksOf<std::min<std::size_t>(4, mostRows)>(),
        blocksOf<std::min<std::size_t>(5, mostRows)>(),
        blocksOf<mostRows>()};
    return blocks[rows - 1][panels - 1];
}

/// Sums into `out`; `finish(row, rows, column, columns)` is called for each block while it is at hand.
template<class Finish>
HWY_INLINE void multiply(const PackedMatrix& matrix, std::size_t rows, const Rows& in, const Rows& out, bool hasBias,
                         const Finish& finish)
{
    const std::size_t atOnce = panelsFor(rows);
    for (std::size_t panel = 0; panel < matrix.panels;) {
        // Groups of about one size: a last one of a single panel would wait for its own sums.
        const std::size_t left = matrix.panels - panel;
        const std::size_t groups = (left + atOnce - 1) / atOnce;
        const std::size_t panels = (left + groups - 1) / groups;
        const std::size_t column = panel * panelWidth;
        for (std::size_t row = 0; row < rows;) {
            const std::size_t count = std::min(mostRows, rows - row);
            blockFor(count, panels)(matrix, panel, in.at(row), out.at(row) + column, in.stride, hasBias);
            finish(row, count, column, panels * panelWidth);
            row += count;
        }
        panel += panels;
    }
}

/// Sum of the products of two rows, vector by vector.
HWY_INLINE float dot(const float* a, const float* b, std::size_t count)
{
    const Floats f;
    Lanes sum = hn::Zero(f);
    for (std::size_t i = 0; i < count; i += hn::MaxLanes(Floats()))
        sum = hn::MulAdd(hn::Load(f, a + i), hn::Load(f, b + i), sum);
    return hn::GetLane(hn::SumOfLanes(f, sum));
}

} // namespace vegadesk::learning::HWY_NAMESPACE

HWY_AFTER_NAMESPACE();

#endif
