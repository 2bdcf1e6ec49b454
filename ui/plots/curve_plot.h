#pragma once

#include "ui/plots/plot.h"

#include <optional>
#include <vector>

namespace vegadesk::ui
{

/// Named curves over one axis, with marks where something is wrong and a read-out of the nearest point.
class CurvePlot : public Plot
{
    Q_OBJECT

public:
    struct Curve {
        QString name;
        QVector<double> xs, ys;
        bool isStrong = false;  ///< drawn wider, and before the others in the legend's order
        bool hasPoints = false; ///< a disc at each point
    };
    using Words = std::function<QString(double)>;

    explicit CurvePlot(const Theme& theme, QWidget* parent = nullptr);

    /// How numbers of the axes are said; `count` is about how many labels.
    void setAxes(Words x, int xCount, Words y, int yCount);
    void setCurves(std::vector<Curve> curves);
    /// Pieces of curves drawn over them in the warning colour.
    void setMarks(std::vector<Curve> marks);
    /// The vertical axis starts at zero.
    void setFromZero(bool isFromZero) { m_isFromZero = isFromZero; }
    /// The curves' names stand at their right ends in place of a legend, of as many as find room there, the strong one's among
    /// them (the read-out names the others), and the colours go from the first curve to the last.
    void setNamesAtEnds(bool areAtEnds) { m_hasNamesAtEnds = areAtEnds; }

    QSize sizeHint() const override { return {360, 220}; }
    QSize minimumSizeHint() const override { return {160, 96}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;

private:
    struct Spot {
        std::size_t curve = 0;
        qsizetype point = 0;
    };
    void fill();
    void fitAxes();
    void fillEndNames();
    void placeEndNames();
    std::vector<std::size_t> namedCurves(std::size_t room) const;
    QColor colourOf(std::size_t curve) const;
    std::optional<Spot> nearest(const QPointF& pixel) const;

    std::vector<Curve> m_curves, m_marks;
    Words m_xWords, m_yWords;
    bool m_isFromZero = false, m_hasNamesAtEnds = false;
    std::vector<QCPGraph*> m_lines, m_markLines;
    struct EndName {
        QCPItemText* words;
        QCPItemLine* leader; ///< from the curve's end to it
    };
    std::vector<EndName> m_endNames; ///< one a curve, while names are at the ends
    QCPGraph* m_marker;
};

} // namespace vegadesk::ui
