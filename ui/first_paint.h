#pragma once

#include <QObject>
#include <QPointer>

namespace vegadesk::ui
{

class OptionChainPanel;

/// Watches for the moment that ends a start: a chain with quotes has been painted. Emits painted() once, when that paint
/// is over.
class FirstPaint : public QObject
{
    Q_OBJECT

public:
    explicit FirstPaint(OptionChainPanel& panel, QObject* parent = nullptr);

Q_SIGNALS:
    void painted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool showsQuotes() const;

    QPointer<OptionChainPanel> m_panel;
    bool m_isOver = false;
};

} // namespace vegadesk::ui
