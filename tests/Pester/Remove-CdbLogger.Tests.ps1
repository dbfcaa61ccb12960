BeforeAll {
    . "$PSScriptRoot/store.ps1"
    . "$PSScriptRoot/logger.ps1"
}

AfterAll {
    Stop-CdbLogger
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Remove-CdbLogger' {
    It 'deletes the file' {
        $other = Join-Path $TestDrive 'other.db'
        New-CdbLogger $other | Remove-CdbLogger -Confirm:$false
        Get-Item "$other*" | Should -BeNullOrEmpty
    }

    It 'takes the path of a logger, open or not' {
        Push-Location $TestDrive
        $null = New-CdbLogger ./other.db
        Remove-CdbLogger ./other.db -Confirm:$false
        './other.db' | Should -Not -Exist
        New-CdbLogger ./other.db | Stop-CdbLogger -WarningAction Ignore
        Remove-CdbLogger ./other.db -WhatIf
        './other.db' | Should -Exist
        Remove-CdbLogger ./other.db -Confirm:$false
        Get-Item './other.db*' | Should -BeNullOrEmpty
        { Remove-CdbLogger ./other.db -Confirm:$false } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage "*There is no logger '*other.db'*"
        Pop-Location
    }

    It 'deletes no logger that another process has open' {
        $path = Join-Path $TestDrive 'busy.db'
        $end = Join-Path $TestDrive 'end.txt'
        $pwsh = Start-Pwsh "`$log = New-CdbLogger '$path'; 'open'; while (-not (Test-Path '$end')) { `$null = [Threading.Thread]::Yield() }"
        $pwsh.StandardOutput.ReadLine() | Should -Be 'open'
        { Remove-CdbLogger $path -Confirm:$false } | Should -Throw -ErrorId 'StoreLocked*' -ExpectedMessage '*open in another program*Stop-CdbLogger*'
        { New-CdbLogger $path | Remove-CdbLogger -Confirm:$false } | Should -Throw -ErrorId 'StoreLocked*'
        $path | Should -Exist
        Set-Content $end ''
        $pwsh.WaitForExit()
        Remove-CdbLogger $path -Confirm:$false
        Get-Item "$path*" | Should -BeNullOrEmpty
    }

    It 'deletes no other file' {
        $file = Join-Path $TestDrive 'note.txt'
        Set-Content $file 'A text that is longer than the header of a file of SQLite, of which there are a hundred bytes, so that it is read as a whole.'
        { Remove-CdbLogger $file -Confirm:$false } | Should -Throw -ErrorId 'StoreNotAStore*'
        $file | Should -Exist
    }
}
