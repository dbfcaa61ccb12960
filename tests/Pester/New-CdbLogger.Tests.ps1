BeforeAll { . "$PSScriptRoot/logger.ps1" }

AfterAll { Stop-CdbLogger }

Describe 'New-CdbLogger' {
    It 'keeps its settings in the file' {
        $other = Join-Path $TestDrive 'other.db'
        New-CdbLogger $other -Name cellar -Data @{ shelf = 3 } | Stop-CdbLogger
        $again = New-CdbLogger $other
        $again.Name | Should -Be 'cellar'
        $again.Data.shelf | Should -Be 3
        Stop-CdbLogger $again
    }

    It 'saves what can be read of a damaged file' {
        $damaged = Join-Path $TestDrive 'damaged.db'
        $other = New-CdbLogger $damaged
        Add-CdbLoggerStream x -Force -Logger $other
        foreach ($n in 1..400) { Write-CdbLog x ('a' * 200) -Logger $other }
        Stop-CdbLogger $other
        $bytes = [IO.File]::ReadAllBytes($damaged)
        $page = [Math]::Floor($bytes.Length / 4096 / 2) * 4096
        [Array]::Clear($bytes, $page, 4096)
        [IO.File]::WriteAllBytes($damaged, $bytes)
        $again = New-CdbLogger $damaged -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -Match 'items were saved'
        $again.Status.Damaged | Should -BeGreaterThan 0
        $again.Cached + $again.Status.Damaged | Should -Be 400
        $again.Status.DamagedFiles | Should -HaveCount 1
        Stop-CdbLogger $again
    }
}
