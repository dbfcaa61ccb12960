namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>A column whose values share most of their memory, and are made when they are read.</summary>
internal interface ISharedColumn
{
    /// <summary>The bytes of the column itself. The values that it makes count when they are made.</summary>
    long Size { get; }
}
