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
        bool isStrong = false;   ///< drawn wider, and before the others in the legend's order
        bool hasPoints = false;  ///< a disc at each point
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
    /// The horizontal axis spans that much even when the points do not.
    void setLeastWidth(double width) { m_leastWidth = width; }

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
    std::optional<Spot> nearest(const QPointF& pixel) const;

    std::vector<Curve> m_curves, m_marks;
    Words m_xWords, m_yWords;
    bool m_isFromZero = false;
    double m_leastWidth = 0;
    std::vector<QCPGraph*> m_lines, m_markLines;
    QCPGraph* m_marker;
};

} // namespace vegadesk::ui
