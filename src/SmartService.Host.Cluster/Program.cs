using SmartService.Host.Cluster.Commands;

// The cluster's executable: the same server as SmartService.Host, on the cluster engine, and what looks after a cluster.
return await ClusterCommands.InvokeAsync(args);
