BeforeDiscovery {
    # macOS does not tell which files a process has open.
    $canSeeFiles = $IsLinux -or $IsWindows
}

BeforeAll {
    . "$PSScriptRoot/store.ps1"

    function Get-OpenFile([string] $Path) {
        if ($IsLinux) {
            Get-ChildItem "/proc/$PID/fd" | Where-Object LinkTarget -Like "$Path*"
        }
        elseif (Test-Path $Path) {
            try { [IO.File]::Open($Path, 'Open', 'ReadWrite', 'None').Dispose() } catch [IO.IOException] { Get-Item $Path }
        }
    }

    # A thread job closes its runspace a moment after it is over, and the finalizer of a runspace that is garbage runs at its own time.
    function Wait-Closed([string] $Path, [scriptblock] $Between = {}) {
        $end = [datetime]::UtcNow.AddSeconds(30)
        while ((Get-OpenFile $Path) -and [datetime]::UtcNow -lt $end) {
            & $Between
        }

        Get-OpenFile $Path | Should -BeNullOrEmpty
    }
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'A runspace that ends' -Skip:(-not $canSeeFiles) {
    It 'closes its connections after ForEach-Object -Parallel' {
        $path = Join-Path $TestDrive 'parallel.cdb'
        1..5 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $null = Connect-Cdb -Path $using:path
            $null = New-CdbStream "s$_"
        }
        Get-OpenFile $path | Should -BeNullOrEmpty
    }

    It 'closes its connections after a thread job' {
        $path = Join-Path $TestDrive 'job.cdb'
        $job = Start-ThreadJob { Import-Module $using:manifest; $null = Connect-Cdb -Path $using:path; (Get-CdbInfo).Users }
        $job | Receive-Job -Wait | Should -Be 1
        Wait-Closed $path
    }

    It 'closes its connections when its pool is closed' {
        $path = Join-Path $TestDrive 'pool.cdb'
        $pool = [runspacefactory]::CreateRunspacePool(1, 2)
        $pool.Open()
        $shell = [powershell]::Create()
        $shell.RunspacePool = $pool
        $null = $shell.AddScript('param($manifest, $path) Import-Module $manifest; $null = Connect-Cdb -Path $path').AddArgument($manifest).AddArgument($path).Invoke()
        Get-OpenFile $path | Should -Not -BeNullOrEmpty
        $shell.Dispose()
        $pool.Dispose()
        Get-OpenFile $path | Should -BeNullOrEmpty
    }

    It 'stops its poller, its subscription and its logger' {
        $folder = (New-Item (Join-Path $TestDrive 'all') -ItemType Directory).FullName
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
            param($manifest, $folder)
            Import-Module $manifest
            $null = Connect-Cdb -Path "$folder/store.cdb"
            $null = New-CdbStream watched
            $null = Register-CdbSubscription watched -Action { Connect-Cdb -Path "$using:folder/action.cdb" }
            $null = Add-CdbDatapoint watched 1
            $null = Start-CdbLogger "$folder/outbox.db"
            $null = Start-CdbPoller -Item ([ConnectorDb.Polling.PollItem] @{ Name = 'up'; Key = 'system.uptime'; Interval = [timespan]::FromSeconds(1) })
        }.ToString()).AddArgument($manifest).AddArgument($folder).Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        Get-OpenFile "$folder/outbox.db" | Should -Not -BeNullOrEmpty
        $shell.Runspace.Close()
        'store.cdb', 'outbox.db', 'action.cdb' | ForEach-Object { Get-OpenFile "$folder/$_" } | Should -BeNullOrEmpty
        $shell.Dispose()
    }

    It 'closes its connections and loggers when it is garbage-collected' {
        $path = Join-Path $TestDrive 'garbage.cdb'
        & {
            $null = [powershell]::Create().AddScript('param($manifest, $path) Import-Module $manifest; $null = Connect-Cdb -Path $path; $null = Start-CdbLogger "$path.log"').AddArgument($manifest).AddArgument($path).Invoke()
        }
        Wait-Closed $path { [gc]::Collect(); [gc]::WaitForPendingFinalizers() }
    }

    It 'leaves the connections of other runspaces open' {
        $null = 1 | ForEach-Object -Parallel { Import-Module $using:manifest; $null = Connect-Cdb -Path $using:store }
        Test-CdbConnection -Quiet | Should -BeTrue
    }
}
