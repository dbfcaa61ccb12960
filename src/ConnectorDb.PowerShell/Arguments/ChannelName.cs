using System.Management.Automation;
using ConnectorDb.Logging;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>The name of a channel of a logger, as an argument of the cmdlet for its kind.</summary>
internal static class ChannelName
{
    /// <exception cref="ArgumentTransformationMetadataException">The channel is of another kind.</exception>
    public static string NameOf(this LogChannel channel, ChannelKind wanted)
        => channel.Kind == wanted ? channel.Name : throw new ArgumentTransformationMetadataException(channel.Kind switch
        {
            ChannelKind.Stream => $"'{channel.Name}' is a stream. Add-CdbLoggerStream declares it. To select the measurements: Where-Object Kind -eq Measurement.",
            ChannelKind.Measurement => $"'{channel.Name}' is a measurement. Add-CdbLoggerMeasurement declares it. To select the streams: Where-Object Kind -eq Stream.",
            _ => $"'{channel.Name}' is the list of events, which needs no declaration. To select the others: Where-Object Kind -eq {wanted}.",
        });
}
