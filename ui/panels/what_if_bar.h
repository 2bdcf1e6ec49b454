#pragma once

#include "desk/views.h"

#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;
class QSlider;

namespace vegadesk::ui
{

/// "What if the underlying, its volatilities and the day were these?": a toggle that opens a slider for each, with the
/// profit there. Closing it, like reset, asks for now again.
class WhatIfBar : public QWidget
{
    Q_OBJECT

public:
    explicit WhatIfBar(QWidget* parent = nullptr);

    /// What the sliders are about: the spot, the days to expiry and the answer. `today` is the market's date.
    void setTicket(const desk::TicketView& ticket, base::Date today);
    bool isOpen() const;
    void setOpen(bool isOpen);

Q_SIGNALS:
    void asked(const vegadesk::desk::WhatIf& whatIf);

private:
    struct Row {
        QLabel* label;
        QSlider* slider;
    };
    Row makeRow(const char* name, const QString& accessibleName, const QString& help);
    desk::WhatIf whatIf() const;
    void changed();
    void reset();
    void draw();

    QPushButton *m_toggle, *m_reset;
    QLabel* m_profit;
    QWidget* m_body;
    Row m_spotRow{}, m_volatilityRow{}, m_dateRow{};
    double m_spot = desk::unknown;
    double m_answer = desk::unknown; ///< the profit in the world that was drawn last
    base::Date m_today{};
};

} // namespace vegadesk::ui
