#pragma once

#include "desk/views.h"

#include <QWidget>

#include <memory>
#include <vector>

class QPushButton;
class QToolButton;

namespace vegadesk::ui
{

/// The expirations of a chain as a row of chips; those without room, and those that have expired, wait in a menu at the end.
class ExpirationStrip : public QWidget
{
    Q_OBJECT

public:
    explicit ExpirationStrip(QWidget* parent);

    void setTabs(const std::vector<desk::ExpirationTab>& tabs, const std::string& underlying);
    /// What the chips' tooltips read, of those tabs.
    void setChain(std::shared_ptr<const desk::ChainView> chain);
    void setSelected(std::size_t tab);
    std::size_t selected() const { return m_selected; }
    std::size_t count() const { return m_chips.size(); }

    static QString chipText(const desk::ExpirationTab& tab, const std::string& underlying);
    static QString chipHelp(const desk::ExpirationTab& tab);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(std::size_t tab);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void arrange();
    void fillMenu();
    bool isInMenu(std::size_t chip) const { return m_isOver[chip] && chip != m_selected; }

    std::vector<QPushButton*> m_chips;
    std::vector<bool> m_isOver; ///< one a chip
    std::shared_ptr<const desk::ChainView> m_chain;
    QToolButton* m_more;
    std::size_t m_selected = 0;
};

} // namespace vegadesk::ui
