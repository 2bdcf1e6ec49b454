#pragma once

#include "ui/panels/panel.h"

#include <set>
#include <string>

class QModelIndex;
class QStackedLayout;
class QTreeView;

namespace vegadesk::ui
{

class PositionsModel;

/// What the account holds, grouped, with Greeks and profit, and the lots of each position where they are unfolded. Closing and rolling stage an order; they never send one.
///   Del, R    closes, rolls the current row: a leg, or all legs of a group
class PositionsPanel : public Panel
{
    Q_OBJECT

public:
    explicit PositionsPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    /// What Del and R do, for whoever has no row under the mouse; says so when there is no current row.
    void closeCurrent();
    void rollCurrent();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// A narrow panel gives up the figures that can be read elsewhere, so that profit and what can be done stay in sight.
    void fitColumns();
    void remember(const QModelIndex& index, bool isExpanded);
    void restoreExpansion();
    void showMenu(const QPoint& at);
    /// A leg's row closes the leg, a group's row all of its legs.
    void stageClose(const QModelIndex& index);
    void stageRoll(const QModelIndex& index);
    std::vector<std::string> symbolsOf(const QModelIndex& index) const;

    PanelContext m_context;
    std::uint64_t m_version = 0;
    bool m_hasDrawn = false;
    std::set<std::string> m_collapsed; ///< groups the user folded, by title
    std::set<std::string> m_unfolded;  ///< positions whose lots the user looks at, by symbol
    QStackedLayout* m_pages;
    PositionsModel* m_model;
    QTreeView* m_view;
};

} // namespace vegadesk::ui
