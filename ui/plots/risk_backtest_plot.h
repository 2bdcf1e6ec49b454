#pragma once

#include "desk/risk_views.h"
#include "ui/plots/plot.h"

#include <memory>

namespace vegadesk::ui
{

/// What past days would have made of today's book, a bar a day, over the value at risk of the evening before; days that lost
/// more are marked.
class RiskBacktestPlot : public Plot
{
    Q_OBJECT

public:
    explicit RiskBacktestPlot(const Theme& theme, QWidget* parent = nullptr);

    /// `method` is into the view's back-tests; past their end clears it.
    void setView(std::shared_ptr<const desk::RiskView> view, std::size_t method);

    QString readOutText() const { return m_words; }

    QSize sizeHint() const override { return {480, 200}; }
    QSize minimumSizeHint() const override { return {200, 100}; }

Q_SIGNALS:
    void readOutChanged();

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    const desk::RiskBacktestView* shown() const;
    void point(std::size_t day);
    void say(const QString& words);

    std::shared_ptr<const desk::RiskView> m_view;
    std::size_t m_method = 0;
    std::optional<std::size_t> m_day; ///< the one that is read out
    QCPBars *m_gains, *m_losses, *m_hits;
    QCPGraph *m_limit, *m_marks;
    QCPItemStraightLine* m_cursor;
    QString m_words;
};

} // namespace vegadesk::ui
