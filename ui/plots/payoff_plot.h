#pragma once

#include "desk/views.h"
#include "ui/plots/plot.h"

#include <memory>

namespace vegadesk::ui
{

/// Profit of the staged order over the underlying's price: at expiry, and today by the model, with break-evens, the
/// range of one standard deviation, and the price now.
class PayoffPlot : public Plot
{
    Q_OBJECT

public:
    explicit PayoffPlot(const Theme& theme, QWidget* parent = nullptr);

    /// Null clears it.
    void setTicket(std::shared_ptr<const desk::TicketView> ticket);

    QSize sizeHint() const override { return {320, 176}; }
    QSize minimumSizeHint() const override { return {160, 96}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;

private:
    void drawSpot();
    void drawSigma();
    void fitAxes();

    std::shared_ptr<const desk::TicketView> m_ticket;
    QCPGraph* m_expiry;
    QCPGraph* m_today;
    QCPGraph* m_breakEvens;
    QCPItemRect* m_sigma;
    QCPItemStraightLine* m_spot;
    QCPItemText* m_spotText;
    QCPItemText* m_expiryText;
    QCPItemText* m_todayText;
    QCPItemStraightLine* m_cursor;
    QCPItemText* m_readOut;
};

} // namespace vegadesk::ui
