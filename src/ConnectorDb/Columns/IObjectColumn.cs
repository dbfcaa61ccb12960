namespace ConnectorDb.Columns;

/// <summary>A column of objects that gives one member of all of them without making the objects.</summary>
internal interface IObjectColumn
{
    /// <summary>The member of each object; null when the objects must be looked at one by one.</summary>
    Column? Member(string name);
}
