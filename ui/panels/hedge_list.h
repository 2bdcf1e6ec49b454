#pragma once

#include "desk/risk_views.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace vegadesk::ui
{

/// Hedges that are proposed, one a line: what stands against the band, and a button that stages the order.
class HedgeList : public QWidget
{
    Q_OBJECT

public:
    explicit HedgeList(QWidget* parent = nullptr);

    void setProposals(const std::vector<desk::HedgeProposal>& proposals);

Q_SIGNALS:
    void staged(const vegadesk::portfolio::OrderIntent& intent);

private:
    struct Line {
        QString words, reason;
        std::optional<portfolio::OrderIntent> intent;
        friend bool operator==(const Line&, const Line&) = default;
    };
    static Line lineOf(const desk::HedgeProposal& proposal);

    QVBoxLayout* m_column;
    std::vector<Line> m_lines; ///< as drawn
    std::vector<QWidget*> m_rows;
};

} // namespace vegadesk::ui
