using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Charts;

/// <summary>A file with a chart. It appears when it is complete.</summary>
public sealed class ChartFile : IDisposable
{
    private const string Example = "chart.svg";
    private readonly OutputFile _file;

    /// <param name="path">The full path.</param>
    /// <param name="noClobber">Refuses to replace a file.</param>
    /// <param name="force">Replaces a read-only file.</param>
    /// <exception cref="FileAccessException">The file cannot be made, or exists and must not be replaced.</exception>
    public ChartFile(string path, bool noClobber, bool force)
        => _file = new OutputFile(path, Example, OptionsOf(noClobber, force));

    /// <summary>Checks that the file can be written, without writing it.</summary>
    /// <inheritdoc cref="ChartFile(string, bool, bool)"/>
    public static void Check(string path, bool noClobber, bool force) => OutputFile.Check(path, Example, OptionsOf(noClobber, force));

    private static OutputFileOptions OptionsOf(bool noClobber, bool force) => new(noClobber ? "Give another path, or omit -NoClobber to replace the file." : null, force);

    /// <summary>Writes the chart and puts the file in its place.</summary>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public void Write(IChartFormat format, Chart chart, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(format);
        _file.Try("written", () =>
        {
            format.Write(_file.Stream, chart, options);
            return true;
        });
        _file.Complete();
    }

    /// <summary>Deletes the file, unless it is complete.</summary>
    public void Dispose() => _file.Dispose();
}
