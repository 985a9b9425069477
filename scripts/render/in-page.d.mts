export declare function draw(dark: boolean): Promise<string[]>
export declare function misfits(code: boolean): Promise<string[]>
export declare function drawingFaults(): string[]
export declare function leastContrast(): number
