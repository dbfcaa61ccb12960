using System.Globalization;
using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Sinks;

namespace ConnectorDb.Writer;

/// <summary>
/// Writes the whole numbers from a first one on to all streams of a logger and says each that was acknowledged, while the logger sends in the
/// background over a connection that is cut now and then.
/// </summary>
internal static class LogWriter
{
    private const double CutOften = 0.15;

    /// <summary>Arguments: logger file, key folder, first number.</summary>
    public static async Task RunAsync(string[] args)
    {
        Random random = new();
        SinkContext context = new() { Connect = settings => Connect(settings, random) };
        await using DataLogger logger = DataLogger.Open(new DataLoggerOptions
        {
            Path = args[0],
            KeyFolder = args[1],
            OpenSink = settings => SinkCatalog.Open(settings, context),
        });
        logger.Start();
        string[] streams = [.. logger.Channels.Select(channel => channel.Name)];
        using Stream output = Console.OpenStandardOutput();
        for (long number = long.Parse(args[2], CultureInfo.InvariantCulture); ; number++)
        {
            logger.Write([.. streams.Select(stream => new LogBlock(stream, new Block(new double[] { number }, new IntegerColumn(new[] { number }))))]);
            output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number}\n")));
        }
    }

    private static ICdbClient Connect(ConnectorDbSettings settings, Random random)
        => CuttingClient.Around(
            EmbeddedClient.Open(new EmbeddedOptions { Path = settings.Path, KeyFolder = settings.KeyFolder, As = CdbPath.Parse(settings.As!) }),
            _ =>
            {
                lock (random)
                {
                    return random.NextDouble() >= CutOften ? CuttingClient.Cut.None
                        : random.Next(2) == 0 ? CuttingClient.Cut.Before
                        : CuttingClient.Cut.After;
                }
            });
}
