namespace ConnectorDb.Core.Storage.Segments;

/// <summary>Consecutive datapoints as they are stored in a row.</summary>
/// <param name="Count">The number of datapoints.</param>
/// <param name="FirstT">Unix seconds of the first.</param>
/// <param name="LastT">Unix seconds of the last.</param>
/// <param name="TimeCodec">The codec of <paramref name="Times"/>.</param>
/// <param name="ValueCodec">The codec of <paramref name="Values"/>.</param>
/// <param name="Origins">The origins, null when every datapoint is the own device's.</param>
/// <param name="Numbers">Statistics of the numbers; null when there are none.</param>
/// <param name="Checksum">The checksum of everything that decoding needs; <see cref="SegmentCodec.Decode"/> checks it.</param>
public sealed record EncodedSegment(
    int Count,
    double FirstT,
    double LastT,
    string TimeCodec,
    byte[] Times,
    string ValueCodec,
    byte[] Values,
    byte[]? Origins,
    NumberSummary? Numbers,
    uint Checksum);
