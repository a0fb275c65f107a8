using SmartService.Engine.Cluster.Grains;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>How pressed the journal of this silo is; told with every answer.</summary>
internal interface IPressureGauge
{
    Pressure Pressure { get; }
}
