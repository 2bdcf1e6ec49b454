#pragma once

#include <QColor>
#include <QImage>
#include <QWidget>

namespace vegadesk::test
{

/// How many pixels of the picture have just this colour; alpha does not count.
inline int pixelsOf(const QImage& image, const QColor& colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y).rgb() == colour.rgb();
    return count;
}
inline int pixelsOf(QWidget& widget, const QColor& colour)
{
    return pixelsOf(widget.grab().toImage(), colour);
}

} // namespace vegadesk::test
