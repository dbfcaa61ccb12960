namespace ConnectorDb.Core.Storage.Segments;

/// <summary>A run of datapoints as it lies in a row of the store.</summary>
/// <param name="Count">Datapoints in it.</param>
/// <param name="FirstT">Unix seconds of the first.</param>
/// <param name="LastT">Unix seconds of the last.</param>
/// <param name="TimeCodec">How <paramref name="Times"/> is written.</param>
/// <param name="ValueCodec">How <paramref name="Values"/> is written.</param>
/// <param name="Origins">The origins, null when every datapoint is the own device's.</param>
/// <param name="Numbers">What can be said of the numbers in it; null when it holds none.</param>
/// <param name="Checksum">Over all that decoding needs; <see cref="SegmentCodec.Decode"/> checks it.</param>
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
