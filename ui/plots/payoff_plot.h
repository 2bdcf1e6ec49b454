#pragma once

#include "desk/views.h"
#include "ui/plots/plot.h"

#include <memory>

namespace vegadesk::ui
{

/// Profit of the staged order over the underlying's price: at expiry, and today by the model, with break-evens, where
/// the price is at expiry by one and two standard deviations, and the price now. Where the ticket has a what-if, its
/// curve and its price are drawn in full and today's recedes. Of an order that closes something it is the position
/// after it, with the one before it dimmed. Exits that go with it are lines at what they would make.
class PayoffPlot : public Plot
{
    Q_OBJECT

public:
    explicit PayoffPlot(const Theme& theme, QWidget* parent = nullptr);

    /// Null clears it.
    void setTicket(std::shared_ptr<const desk::TicketView> ticket);

    /// What the curve of the day is called: "today", unless another is said.
    void setDayName(const QString& name);

    QSize sizeHint() const override { return {320, 176}; }
    QSize minimumSizeHint() const override { return {160, 80}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void drawSpot();
    void drawCone();
    void drawWhatIf();
    void drawExits();
    void fitAxes();

    std::shared_ptr<const desk::TicketView> m_ticket;
    QString m_dayName;
    QCPGraph* m_before;
    QCPGraph* m_expiry;
    QCPGraph* m_today;
    QCPGraph* m_breakEvens;
    QCPGraph* m_whatIf;
    QCPGraph* m_whatIfSpot;
    QCPItemRect *m_oneSigma, *m_twoSigma;
    QCPItemText *m_oneSigmaText, *m_twoSigmaText;
    QCPItemStraightLine* m_spot;
    QCPItemText* m_spotText;
    QCPItemText* m_beforeText;
    QCPItemText* m_expiryText;
    QCPItemText* m_todayText;
    QCPItemText* m_whatIfText;
    QCPItemStraightLine *m_target, *m_stop;
    QCPItemText *m_targetText, *m_stopText;
    QCPItemStraightLine* m_cursor;
    QCPItemText* m_readOut;
};

} // namespace vegadesk::ui
