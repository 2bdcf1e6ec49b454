#pragma once

#include <QScrollArea>

namespace vegadesk::ui
{

/// Scrolls up and down. Its words wrap, but no narrower than the longest of them: the dock ends there, where they would be cut.
class ColumnScroll : public QScrollArea
{
    Q_OBJECT

public:
    /// Takes `content` as its own.
    explicit ColumnScroll(QWidget* content, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace vegadesk::ui
