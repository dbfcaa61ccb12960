namespace ConnectorDb.Core.Charts.Terminal;

/// <summary>A field of dots that are drawn with characters. The origin is the lower left dot.</summary>
internal sealed class DotCanvas
{
    /// <summary>The bits of a Braille pattern: for each row from above those of the left and the right dot (Unicode, block 2800).</summary>
    private static readonly int[] s_braille = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    private readonly ChartForm _form;
    private readonly int[] _series;
    private readonly bool[] _isSet;

    /// <param name="form">The characters.</param>
    /// <param name="width">Characters in a line.</param>
    /// <param name="height">Lines.</param>
    public DotCanvas(ChartForm form, int width, int height)
    {
        (int across, int up) = DotsOf(form);
        (_form, Width, Height) = (form, width * across, height * up);
        _isSet = new bool[Width * Height];
        _series = new int[width * height];
    }

    /// <summary>Dots in a row.</summary>
    public int Width { get; }

    /// <summary>Dots in a column.</summary>
    public int Height { get; }

    /// <summary>The dots of a character, across and up.</summary>
    public static (int Across, int Up) DotsOf(ChartForm form) => form switch
    {
        ChartForm.Braille => (2, 4),
        ChartForm.Block => (1, 2),
        _ => (1, 1),
    };

    /// <summary>Draws a line between two places, 0 at the left and lower ends and 1 at the others; parts outside of the field are left out.</summary>
    public void Line(double x1, double y1, double x2, double y2, int series)
    {
        if ((x1 < 0 && x2 < 0) || (x1 > 1 && x2 > 1))
        {
            return;
        }

        // A line may begin years before the field, so it is cut before its dots are counted.
        (double left, double right) = (Math.Clamp(x1, 0, 1), Math.Clamp(x2, 0, 1));
        double slope = x1 == x2 ? 0 : (y2 - y1) / (x2 - x1);
        Line(X(left), Y(y1 + ((left - x1) * slope)), X(right), Y(y2 + ((right - x2) * slope)), series);

        int X(double place) => (int)Math.Round(place * (Width - 1));

        int Y(double place) => (int)Math.Round(Math.Clamp(place, -1, 2) * (Height - 1));
    }

    /// <summary>Draws a line of dots; parts outside of the field are left out.</summary>
    public void Line(int x1, int y1, int x2, int y2, int series)
    {
        int steps = Math.Max(Math.Abs(x2 - x1), Math.Abs(y2 - y1));
        for (int i = 0; i <= steps; i++)
        {
            double part = steps == 0 ? 0 : (double)i / steps;
            Dot(x1 + (int)Math.Round(part * (x2 - x1)), y1 + (int)Math.Round(part * (y2 - y1)), series);
        }
    }

    /// <summary>The characters of a line, counted from above, each with the series that was drawn there last.</summary>
    public IEnumerable<(char Character, int Series)> Cells(int line)
    {
        (int across, int up) = DotsOf(_form);
        for (int column = 0; column < Width / across; column++)
        {
            int pattern = 0;
            for (int row = 0; row < up; row++)
            {
                for (int side = 0; side < across; side++)
                {
                    int y = Height - 1 - ((line * up) + row);
                    pattern |= _isSet[(y * Width) + (column * across) + side] ? 1 << ((row * across) + side) : 0;
                }
            }

            yield return (Character(pattern), _series[(line * (Width / across)) + column]);
        }
    }

    private void Dot(int x, int y, int series)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height)
        {
            return;
        }

        (int across, int up) = DotsOf(_form);
        _isSet[(y * Width) + x] = true;
        _series[((Height - 1 - y) / up * (Width / across)) + (x / across)] = series;
    }

    private char Character(int pattern) => (_form, pattern) switch
    {
        (_, 0) => ' ',
        (ChartForm.Braille, _) => (char)(0x2800 + s_braille.Select((bit, i) => (pattern >> i & 1) * bit).Sum()),
        (ChartForm.Block, 1) => '▀',
        (ChartForm.Block, 2) => '▄',
        (ChartForm.Block, _) => '█',
        _ => '*',
    };
}
