#pragma once

#include "desk/views.h"

#include <QWidget>

#include <vector>

class QPushButton;
class QToolButton;

namespace vegadesk::ui
{

/// The expirations of a chain as a row of chips; those without room wait in a menu at the end.
class ExpirationStrip : public QWidget
{
    Q_OBJECT

public:
    explicit ExpirationStrip(QWidget* parent);

    void setTabs(const std::vector<desk::ExpirationTab>& tabs, const std::string& underlying);
    void setSelected(std::size_t tab);
    std::size_t selected() const { return m_selected; }
    std::size_t count() const { return m_chips.size(); }

    static QString chipText(const desk::ExpirationTab& tab, const std::string& underlying);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(std::size_t tab);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void arrange();
    void fillMenu();
    std::vector<QPushButton*> m_chips;
    QToolButton* m_more;
    std::size_t m_selected = 0;
};

} // namespace vegadesk::ui
